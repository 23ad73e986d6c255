import { expect, test } from 'vitest';
import { type Capabilities, capabilityKeys } from '../capability.ts';
import type { ClientOptions } from '../client.ts';
import { EventWriter } from '../event-writer.ts';
import { QwireError } from '../qwire-error.ts';
import type { WireFormat } from '../wire-format.ts';
import { createClient } from './create-client.ts';

/** A wire whose frames each hold a number: so many probabilities of tokens. */
const wire: WireFormat = {
  name: 'toy',
  root: '/toy',
  baseURLVariable: 'TOY_BASE_URL',
  capabilities: Object.fromEntries(capabilityKeys.map((key) => [key, true])) as Capabilities,
  writeChat: () => ({ path: '', headers: {}, body: {}, warnings: [] }),
  writeEmbed: () => ({ path: '', headers: {}, body: {}, warnings: [] }),
  readChat: () => {
    throw new TypeError('unused');
  },
  readEmbed: () => {
    throw new TypeError('unused');
  },
  readError: ({ body, status }) => new QwireError(body.slice(0, 10), { kind: 'unavailable', status }),
  createStreamReader({ emit }) {
    const writer = new EventWriter(emit);
    return {
      done: false,
      raw: undefined,
      end: () => writer.end(),
      read({ data }) {
        writer.start('r', 'm');
        if (data.length > 10) return writer.text(data);
        writer.text(
          data,
          Array.from({ length: Number(data) }, () => ({ token: 'a', logprob: -1 })),
        );
        writer.finish('stop', 'stop');
      },
    };
  },
};
const request = { model: 'm', messages: [{ role: 'user', content: 'hi' }] } as const;

function client(fetch: NonNullable<ClientOptions['fetch']>) {
  return createClient(wire, { apiKey: 'k', baseURL: 'http://127.0.0.1:1', maxRetries: 0, fetch });
}

/** A response that goes on for ever; says how it was left. */
function endless(start: string, { status = 200, piece = new Uint8Array(1024 * 1024).fill(0x20) } = {}) {
  const left = { by: 'nobody' };
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    pull: (controller) => controller.enqueue(piece),
    cancel: () => {
      left.by = 'the client';
    },
  });
  return { left, response: new Response(body, { status }) };
}

test.each([
  ['reply', 200, 'chat'],
  ['failure', 500, 'chat'],
  ['reply in place of a stream', 200, 'stream'],
  ['line of a stream', 200, 'stream'],
] as const)('an endless %s is given up and let go of', async (what, status, operation) => {
  const { response, left } = endless(what.startsWith('line') ? 'data: ' : '{', { status });
  const calling = client(async () => response);
  const call = operation === 'chat' ? calling.chat(request) : calling.stream(request).response();
  await expect(call).rejects.toMatchObject({
    kind: 'invalid-response',
    message: expect.stringMatching(/ MB/),
  });
  expect(left.by).toBe('the client');
});

test.each(['response', 'loop', 'textStream'] as const)(
  'a stream whose text does not end fails and is let go of, read by %s',
  async (reading) => {
    const piece = new TextEncoder().encode(`data: ${'a'.repeat(1024 * 1024)}\n\n`);
    const { response, left } = endless('', { piece });
    const stream = client(async () => response).stream(request);
    const read = async () => {
      if (reading === 'response') await stream.response();
      else for await (const _ of reading === 'loop' ? stream : stream.textStream);
    };
    const refused = { kind: 'invalid-response', message: expect.stringMatching(/ 64 MB/) };
    await expect(read()).rejects.toMatchObject(refused);
    await expect(stream.response()).rejects.toMatchObject(refused);
    expect(left.by).toBe('the client');
  },
);

test('a frame with more probabilities than a call has arguments is collected', async () => {
  const count = 300_000;
  const reply = await client(async () => new Response(`data: ${count}\n\n`))
    .stream(request)
    .response();
  expect(reply.logprobs).toHaveLength(count);
});
