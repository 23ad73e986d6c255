import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Attempt } from './client/attempt.ts';
import { LazyStream } from './client/chat-stream.ts';
import { EventSource } from './client/event-source.ts';
import { BodyReader } from './client/read-body.ts';
import { Watch } from './client/watch.ts';
import type { StreamResult } from './client.ts';
import { frameParsers } from './frame-parser.ts';
import { createNodeTransport } from './node/node-transport.ts';
import { ServerSentEventReader } from './server-sent-event-reader.ts';
import type { WireFormat } from './wire-format.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' | 'major' }) => void;

/** Bytes of heap that work leaves behind once the garbage is collected. */
function leftBy(work: () => unknown): number {
  collect({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  const kept = work();
  collect({ type: 'major' });
  const left = process.memoryUsage().heapUsed - before;
  return kept === undefined ? Number.NaN : left;
}

test('a text that is kept does not keep the bytes that it came with', () => {
  const word = 'Measure twice, cut once. ';
  const frame = `data: {"choices":[{"delta":{"content":"${word}"}}],"padding":"${'x'.repeat(400)}"}\n\n`;
  const chunk = new TextEncoder().encode(frame.repeat(1000));
  const texts: string[] = [];
  const parser = frameParsers(['content'])();
  const reader = new ServerSentEventReader({
    read({ data }) {
      const { choices } = parser.parse(data) as { choices: [{ delta: { content: string } }] };
      texts.push(choices[0].delta.content);
    },
  });
  const left = leftBy(() => {
    for (let times = 0; times < 20; times += 1) reader.push(chunk);
    return texts;
  });
  expect(texts).toHaveLength(20_000);
  expect(left / texts.length).toBeLessThan(200);
});

// The platform's fetch keeps the body as long as its response.
test('a response that is open over Node’s client does not keep what was sent', async () => {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.write('begun'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const transport = createNodeTransport();
  const open = async (size: number) => {
    const body = JSON.stringify({ text: 'x'.repeat(size) });
    const exchange = transport({ method: 'POST', url, headers: {}, body });
    const response = await exchange.response;
    await response.read();
    return { exchange, response };
  };
  const first = await open(100);
  collect({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  const second = await open(8_000_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  collect({ type: 'major' });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
  for (const { exchange } of [first, second]) exchange.cancel(undefined);
  server.closeAllConnections();
  server.close();
});

test('a stream that was read is gone by the next small collection', async () => {
  const open = async (): Promise<StreamResult> => {
    const block = 'x'.repeat(1000);
    async function* events() {
      for (let index = 0; index < 100; index += 1) {
        yield { type: 'text-delta', text: `${index}${block}`.slice(0, -1) } as const;
      }
      yield { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' } as const;
    }
    return { operation: 'stream', events: events(), rest: () => ({ warnings: [], raw: undefined }) };
  };
  const read = async () => {
    const stream = new LazyStream(open, async (collected) => collected);
    for await (const _ of stream);
  };
  for (let times = 0; times < 50; times += 1) await read();
  collect({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  for (let times = 0; times < 300; times += 1) {
    await read();
    if (times % 10 === 0) collect({ type: 'minor' });
  }
  collect({ type: 'minor' });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
});

test('pieces that bring no event leave nothing behind, however many there are', async () => {
  const comment = new TextEncoder().encode(':\n\n');
  const used: number[] = [];
  let pieces = 0;
  const response = {
    status: 200,
    headers: new Headers(),
    async read() {
      pieces += 1;
      if (pieces === 1_000 || pieces === 100_000) {
        collect({ type: 'major' });
        used.push(process.memoryUsage().heapUsed);
      }
      return pieces < 100_000 ? { value: comment } : {};
    },
  };
  const watch = new Watch({ connectMs: 1e6, firstEventMs: 1e6, idleMs: 1e6, totalMs: 1e6 });
  const exchange = { response: Promise.resolve(response), cancel() {} };
  const events = new EventSource({
    body: new BodyReader({ response, exchange }, watch),
    attempt: { watch, toError: (cause: unknown) => cause } as Attempt,
    wire: {
      createStreamReader: () => ({ done: false, raw: undefined, read() {}, end() {} }),
    } as Partial<WireFormat> as WireFormat,
    request: { model: 'm', messages: [] },
    head: response,
  });
  expect(await events.next()).toEqual({ done: true, value: undefined });
  watch.close();
  const [before = 0, after = Number.POSITIVE_INFINITY] = used;
  expect(after - before).toBeLessThan(4_000_000);
});
