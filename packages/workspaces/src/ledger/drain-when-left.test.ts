import { type ClientOptions, type Interceptor, QwireError } from '@qwire/core';
import { expect, test, vi } from 'vitest';
import { readBudget } from '../budget/budget.ts';
import { createMemoryStore } from './create-memory-store.ts';
import { type RecordUsageOptions, recordUsage } from './record-usage.ts';
import { createToyClient, type Script, say, someUsage } from './toy-service.fixture.ts';

/** A client whose answers come when they are let go on, with the ledger that drains what is left. */
function setUp(
  options: Partial<RecordUsageOptions> = {},
  { more = {}, before = [] }: { more?: ClientOptions; before?: readonly Interceptor[] } = {},
) {
  const store = createMemoryStore();
  const draining = { store, workspace: 'marketing', region: 'singapore', whenLeft: 'drain' } as const;
  const recording = recordUsage({ ...draining, ...options });
  const seen: AbortSignal[] = [];
  const watch: Interceptor = (next) => (call) => {
    if (call.options.signal) seen.push(call.options.signal);
    return next(call);
  };
  const { client, served } = createToyClient({ interceptors: [...before, recording, watch], ...more });
  return { store, client, served, seen };
}

/** Holds every answer back until it is let go, however long its caller waits. */
function heldBack(script: Script) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const encode = (frame: object) => new TextEncoder().encode(`data: ${JSON.stringify(frame)}\n\n`);
  const fetch = (async (_: unknown, init: RequestInit = {}) => {
    const isStream = (JSON.parse(String(init.body)) as { stream: boolean }).stream;
    if (!isStream) {
      await Promise.race([gate, aborted(init.signal)]);
      return script.status === undefined
        ? Response.json(script)
        : new Response('refused', { status: script.status });
    }
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
        controller.enqueue(encode({ requestId: script.requestId, text: 'one ' }));
        await gate;
        controller.enqueue(
          script.ends === 'error'
            ? encode({ error: 'broken' })
            : encode({ text: 'two', end: true, usage: script.usage }),
        );
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }) as typeof globalThis.fetch;
  return { fetch, letGo: () => letGo() };
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

const whole = { requestId: 'req-1', usage: someUsage };
const cost = { amount: '0.00052', currency: 'USD' };
const budget = { amount: '1', currency: 'USD', per: 'month' } as const;
const limits = () => ({ maxInputTokens: 1_000, maxOutputTokens: 1_000 });

test('a stream that is left is read to its end in the background: its record is exact, and cancelled', async () => {
  const { fetch, letGo } = heldBack(whole);
  const { client, store } = setUp({}, { more: { fetch } });
  for await (const event of client.stream(say())) if (event.type === 'text-delta') break;
  expect(await store.records()).toEqual([]);
  letGo();
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  const [record] = await store.records();
  expect(record).toMatchObject({ id: 'req-1', outcome: 'cancelled', usage: someUsage, cost });
  expect(record).not.toHaveProperty('error');
  expect(record).not.toHaveProperty('unpriced');
});

test('whoever aborts a stream gets the error at once, and the record is exact', async () => {
  const { fetch, letGo } = heldBack(whole);
  const { client, store } = setUp({}, { more: { fetch } });
  const aborter = new AbortController();
  const reason = new Error('enough');
  const read = async () => {
    for await (const event of client.stream(say(), { signal: aborter.signal })) {
      if (event.type === 'text-delta') setTimeout(() => aborter.abort(reason));
    }
  };
  await expect(read()).rejects.toMatchObject({ kind: 'aborted', cause: reason });
  letGo();
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'cancelled', error: { kind: 'aborted' }, usage: someUsage, cost },
  ]);
});

test('a stream that is aborted while nobody reads it ends at the next turn, and is drained at once', async () => {
  const { client, store } = setUp();
  const aborter = new AbortController();
  const stream = client.stream(say(whole), { signal: aborter.signal })[Symbol.asyncIterator]();
  await stream.next();
  aborter.abort();
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'cancelled', usage: someUsage, cost },
  ]);
  await expect(stream.next()).rejects.toMatchObject({ kind: 'aborted' });
});

test.each(['chat', 'stream'] as const)(
  'a %s that is aborted before it is answered is waited for in the background',
  async (operation) => {
    const { fetch, letGo } = heldBack(whole);
    const slow: typeof fetch = async (...args) => {
      const response = await fetch(...args);
      if (operation === 'stream') await new Promise((resolve) => setTimeout(resolve, 20));
      return response;
    };
    const { client, store } = setUp({}, { more: { fetch: slow } });
    const signal = AbortSignal.timeout(5);
    const call =
      operation === 'chat' ? client.chat(say(), { signal }) : client.stream(say(), { signal }).response();
    await expect(call).rejects.toMatchObject({ kind: 'aborted' });
    expect(await store.records()).toEqual([]);
    letGo();
    await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
    expect(await store.records()).toMatchObject([
      { id: 'req-1', operation, outcome: 'cancelled', error: { kind: 'aborted' }, usage: someUsage, cost },
    ]);
  },
);

test('a stream that breaks after it was left is a failed record, and incomplete', async () => {
  const { fetch, letGo } = heldBack({ ...whole, ends: 'error' });
  const { client, store } = setUp({}, { more: { fetch } });
  for await (const event of client.stream(say())) if (event.type === 'text-delta') break;
  letGo();
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'failed', error: { code: 'Broken' }, unpriced: 'incomplete' },
  ]);
});

test('what is left and does not end in time is cancelled, with an incomplete record', async () => {
  const { client, store, seen } = setUp({ drainTimeoutMs: 20 });
  for await (const event of client.stream(say({ requestId: 'req-1', ends: 'stall' }))) {
    if (event.type === 'text-delta') break;
  }
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'cancelled', unpriced: 'incomplete' },
  ]);
  expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
});

test('what is left may take as long as it does', async () => {
  const { fetch, letGo } = heldBack(whole);
  const { client, store } = setUp({ drainTimeoutMs: Number.POSITIVE_INFINITY }, { more: { fetch } });
  for await (const event of client.stream(say())) if (event.type === 'text-delta') break;
  await new Promise((resolve) => setTimeout(resolve, 20));
  letGo();
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([{ id: 'req-1', outcome: 'cancelled', cost }]);
});

test('limits of time hold for what is left, too', async () => {
  const { client, store } = setUp();
  const script = { requestId: 'req-1', ends: 'stall' } as const;
  for await (const event of client.stream(say(script), { timeouts: { totalMs: 30 } })) {
    if (event.type === 'text-delta') break;
  }
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([
    { outcome: 'failed', error: { kind: 'timeout' }, unpriced: 'incomplete' },
  ]);
});

test('a call that was left is not tried again, and its record says what it failed of', async () => {
  const { fetch, letGo } = heldBack({ status: 503 });
  let tries = 0;
  const counting: typeof fetch = (...args) => {
    tries += 1;
    return fetch(...args);
  };
  const { client, store } = setUp({}, { more: { fetch: counting } });
  await expect(client.chat(say(), { signal: AbortSignal.timeout(5) })).rejects.toMatchObject({
    kind: 'aborted',
  });
  letGo();
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([{ outcome: 'failed', error: { status: 503 } }]);
  expect(tries).toBe(1);
});

test('a call that is aborted between two tries is not tried again', async () => {
  const aborter = new AbortController();
  const { client, store, served } = setUp();
  const beforeRetry = () => aborter.abort();
  const call = client.chat(say({ status: 503 }), { signal: aborter.signal, beforeRetry });
  await expect(call).rejects.toMatchObject({ kind: 'aborted' });
  await vi.waitFor(async () => expect(await store.records()).toHaveLength(1));
  expect(await store.records()).toMatchObject([{ outcome: 'failed', error: { status: 503 } }]);
  expect(served).toHaveLength(1);
});

test('calls that are not left are tried again, and are one record', async () => {
  const { client, store, served } = setUp();
  await expect(client.chat(say({ status: 503 }))).rejects.toMatchObject({ status: 503 });
  expect(served).toHaveLength(3);
  expect(await store.records()).toMatchObject([{ outcome: 'failed' }]);
});

test('a stream that is read to its end is completed, also when it is aborted afterwards', async () => {
  const { client, store } = setUp();
  const aborter = new AbortController();
  const reply = await client.stream(say(whole), { signal: aborter.signal }).response();
  aborter.abort();
  expect(reply).toMatchObject({ text: 'one two', usage: someUsage });
  expect(await store.records()).toMatchObject([{ id: 'req-1', outcome: 'completed', cost }]);
});

test.each(['cancel', 'drain'] as const)(
  'a call that is left while the budget is asked is not sent, and has no record: %s',
  async (whenLeft) => {
    const store = createMemoryStore();
    const aborter = new AbortController();
    const reserve: typeof store.reserve = async (...args) => {
      aborter.abort();
      return store.reserve(...args);
    };
    const { client, served } = setUp({ store: { ...store, reserve }, budget, limits, whenLeft });
    const request = { ...say(), maxTokens: 200, thinking: false };
    const call = client.chat(request, { signal: aborter.signal });
    await expect(call).rejects.toMatchObject({ kind: 'aborted' });
    await vi.waitFor(async () => {
      const standing = await readBudget(store, { workspace: 'marketing', budget });
      expect(standing).toMatchObject({ spent: { amount: '0' }, reserved: { amount: '0' } });
    });
    expect([served, await store.records()]).toEqual([[], []]);
  },
);

test('a budget counts the true cost of what was left, and holds its worst case until it is known', async () => {
  const { fetch, letGo } = heldBack(whole);
  const { client, store } = setUp({ budget, limits }, { more: { fetch } });
  const standing = () => readBudget(store, { workspace: 'marketing', budget });
  for await (const event of client.stream({ ...say(), maxTokens: 200, thinking: false })) {
    if (event.type === 'text-delta') break;
  }
  const before = await standing();
  expect([before.spent.amount, before.reserved.amount === '0']).toEqual(['0', false]);
  letGo();
  await vi.waitFor(async () =>
    expect(await standing()).toMatchObject({ spent: cost, reserved: { amount: '0' } }),
  );
});

test('a store that fails after a call was left is told, and nothing is left unsettled', async () => {
  const onError = vi.fn(() => Promise.reject(new Error('strict')));
  const broken = { ...createMemoryStore(), add: () => Promise.reject(new Error('disk full')) };
  const { client } = setUp({ store: broken, onError });
  for await (const event of client.stream(say(whole))) if (event.type === 'text-delta') break;
  await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(1));
});

test.each([
  [{ whenLeft: 'wait' }, /whenLeft: must be "cancel" or "drain"/],
  [{ drainTimeoutMs: 0 }, /drainTimeoutMs: must be above 0/],
])('refuses the options %j by name', (wrong, message) => {
  const options = { store: createMemoryStore(), workspace: 'w', ...wrong } as RecordUsageOptions;
  expect(() => recordUsage(options)).toThrow(message);
  expect(() => recordUsage(options)).toThrow(QwireError);
});
