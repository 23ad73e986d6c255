import { expect, test } from 'vitest';
import type { ChatEvent } from '../chat-event.ts';
import type { EventIterator, StreamResult } from '../client.ts';
import { QwireError } from '../qwire-error.ts';
import { LazyStream } from './chat-stream.ts';

const rest = () => ({ warnings: [], raw: undefined });
const start: ChatEvent = { type: 'response-start', requestId: undefined, model: 'm' };
const finish: ChatEvent = { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' };
const text = (...texts: readonly string[]): ChatEvent[] =>
  texts.map((piece) => ({ type: 'text-delta', text: piece }));

/** Events of which some have arrived; the others come when they are waited for. */
function arriving(arrived: readonly ChatEvent[], later: readonly ChatEvent[] = []) {
  const queue = [...arrived];
  const coming = [...later];
  const seen = { waits: 0, left: 0 };
  const events: EventIterator = {
    take: () => queue.shift(),
    async next() {
      seen.waits += 1;
      await Promise.resolve();
      const value = queue.shift() ?? coming.shift();
      return value ? { done: false, value } : { done: true, value: undefined };
    },
    async return() {
      seen.left += 1;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => events,
  };
  return { events, seen };
}

function streamOf(events: StreamResult['events'], opening: Promise<unknown> = Promise.resolve()) {
  return new LazyStream(
    async () => {
      await opening;
      return { operation: 'stream', events, rest } satisfies StreamResult;
    },
    async (collected) => collected,
  );
}

test('events that have arrived are not waited for', async () => {
  const { events, seen } = arriving([start, ...text('a', 'b', 'c'), finish]);
  const types: string[] = [];
  for await (const { type } of streamOf(events)) types.push(type);
  expect(types).toEqual(['response-start', 'text-delta', 'text-delta', 'text-delta', 'finish']);
  // The first, which opens the stream, and the end.
  expect(seen.waits).toBe(2);
});

test('the text is handed out in order, whether it had arrived or not', async () => {
  const { events } = arriving([start, ...text('a', 'b')], [...text('c'), finish]);
  const stream = streamOf(events);
  const texts: string[] = [];
  for await (const piece of stream.textStream) texts.push(piece);
  expect(texts).toEqual(['a', 'b', 'c']);
  expect(await stream.response()).toMatchObject({ text: 'abc', finishReason: 'stop' });
});

test('events that are asked for all at once come in order, and none twice', async () => {
  const { events } = arriving([start], [...text('a', 'b'), finish]);
  let opened = 0;
  const open = async (): Promise<StreamResult> => {
    opened += 1;
    return { operation: 'stream', events, rest };
  };
  const iterator = new LazyStream(open, async (collected) => collected)[Symbol.asyncIterator]();
  const results = await Promise.all(Array.from({ length: 6 }, () => iterator.next()));
  expect(opened).toBe(1);
  expect(results.map(({ value }) => value?.type)).toEqual([
    'response-start',
    'text-delta',
    'text-delta',
    'finish',
    undefined,
    undefined,
  ]);
});

test('a stream that is left while it opens is closed once it is open', async () => {
  const { events, seen } = arriving([start], [finish]);
  let open: (value: unknown) => void = () => {};
  const opening = new Promise((resolve) => {
    open = resolve;
  });
  const stream = streamOf(events, opening);
  const iterator = stream[Symbol.asyncIterator]();
  const first = iterator.next();
  await iterator.return?.();
  open(undefined);
  await first;
  expect(seen.left).toBe(1);
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  await expect(stream.response()).rejects.toMatchObject({ kind: 'aborted' });
});

test('events of an interceptor that knows no arriving are read as well', async () => {
  async function* plain() {
    yield start;
    yield* text('a');
    yield finish;
  }
  expect(await streamOf(plain()).response()).toMatchObject({ text: 'a' });
});

test('a failure is thrown once, by the loop and by response(), and nothing comes after it', async () => {
  const failure = new QwireError('cut', { kind: 'connection' });
  async function* failing() {
    yield start;
    throw failure;
  }
  const stream = streamOf(failing());
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  await expect(iterator.next()).rejects.toBe(failure);
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  await expect(stream.response()).rejects.toBe(failure);
});
