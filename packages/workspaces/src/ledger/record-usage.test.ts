import { type CallResult, type ChatEvent, type Interceptor, QwireError } from '@qwire/core';
import { unreportedUsage } from '@qwire/core/adapter-kit';
import { afterEach, expect, test, vi } from 'vitest';
import type { UsageRecord } from '../usage-record.ts';
import { createMemoryStore } from './create-memory-store.ts';
import { type RecordUsageOptions, recordUsage } from './record-usage.ts';
import { createToyClient, say, someUsage } from './toy-service.fixture.ts';

afterEach(() => void vi.restoreAllMocks());

/** A client whose calls are kept, with the store. Prices are those of Singapore: qwen-plus 0.4 and 1.2 USD. */
function setUp(options: Partial<RecordUsageOptions> = {}, others: readonly Interceptor[] = []) {
  const store = options.store ?? createMemoryStore();
  const recording = recordUsage({ store, workspace: 'marketing', region: 'singapore', ...options });
  return { store, ...createToyClient({ interceptors: [...others, recording] }) };
}

const cost = { amount: '0.00052', currency: 'USD' };

test('a reply is one record with its cost', async () => {
  const { client, store } = setUp({ tags: { team: 'red' } });
  await client.chat({ ...say({ requestId: 'req-1', usage: someUsage }), thinking: false });
  const records = await store.records();
  expect(records).toEqual([
    {
      id: 'req-1',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      workspace: 'marketing',
      workspaceId: 'llm-toy',
      region: 'ap-southeast-1',
      model: 'qwen-plus',
      wire: 'toy',
      operation: 'chat',
      outcome: 'completed',
      requestId: 'req-1',
      usage: someUsage,
      thinking: false,
      cost,
      priceTable: expect.any(String),
      tags: { team: 'red' },
      durationMs: expect.any(Number),
    },
  ]);
});

test('a stream that is read to its end is one record', async () => {
  const { client, store } = setUp();
  await client.stream(say({ requestId: 'req-1', usage: someUsage })).response();
  expect(await store.records()).toMatchObject([
    { id: 'req-1', operation: 'stream', outcome: 'completed', usage: someUsage, cost },
  ]);
});

test('an embedding is one record', async () => {
  const { client, store } = setUp();
  const usage = { inputTokens: 1_000_000, outputTokens: undefined, totalTokens: 1_000_000 };
  const input = JSON.stringify({ requestId: 'req-1', usage });
  await client.embed({ model: 'text-embedding-v4', input });
  expect(await store.records()).toMatchObject([
    { id: 'req-1', operation: 'embed', outcome: 'completed', cost: { amount: '0.07', currency: 'USD' } },
  ]);
});

test('a call that the service refuses is a failed record with the service’s own words', async () => {
  const { client, store } = setUp();
  await expect(client.chat(say({ status: 400 }))).rejects.toThrow();
  expect(await store.records()).toMatchObject([
    {
      id: 'refused-400',
      outcome: 'failed',
      error: { kind: 'invalid-request', code: 'Status400', status: 400 },
      unpriced: 'no-usage',
    },
  ]);
});

test('a call that is tried three times is one record', async () => {
  const { client, store, served } = setUp();
  await expect(client.chat(say({ status: 503 }))).rejects.toMatchObject({ kind: 'unavailable' });
  expect(served).toHaveLength(3);
  expect(await store.records()).toHaveLength(1);
});

test('a stream that breaks is a failed record with what it had reported', async () => {
  const { client, store } = setUp();
  const script = { requestId: 'req-1', usage: someUsage, usageFirst: true, ends: 'error' } as const;
  await expect(client.stream(say(script)).response()).rejects.toMatchObject({ code: 'Broken' });
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'failed', error: { code: 'Broken' }, usage: someUsage, unpriced: 'incomplete' },
  ]);
});

test('a stream whose connection is cut is a failed record', async () => {
  const { client, store } = setUp();
  await expect(client.stream(say({ requestId: 'req-1', ends: 'cut' })).response()).rejects.toThrow();
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'failed', error: { kind: 'invalid-response' }, unpriced: 'incomplete' },
  ]);
});

test.each([
  ['what it had reported', { usageFirst: true }, someUsage],
  ['no usage where it had reported none', {}, unreportedUsage],
])('a loop that is left early is an incomplete record with %s', async (_, script, usage) => {
  const { client, store } = setUp();
  const stream = client.stream(say({ requestId: 'req-1', usage: someUsage, ends: 'stall', ...script }));
  for await (const event of stream) if (event.type === 'text-delta') break;
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'cancelled', usage, unpriced: 'incomplete' },
  ]);
});

test('a stream that is aborted is a cancelled record', async () => {
  const { client, store } = setUp();
  const aborter = new AbortController();
  const stream = client.stream(say({ requestId: 'req-1', ends: 'stall' }), { signal: aborter.signal });
  const read = async () => {
    for await (const event of stream) if (event.type === 'text-delta') aborter.abort();
  };
  await expect(read()).rejects.toMatchObject({ kind: 'aborted' });
  expect(await store.records()).toMatchObject([
    { id: 'req-1', outcome: 'cancelled', error: { kind: 'aborted' } },
  ]);
});

test('events that nobody reads and that are given up are a cancelled record', async () => {
  const givenUp: Interceptor = (next) => async (call) => {
    const result = await next(call);
    if (result.operation === 'stream') await result.events[Symbol.asyncIterator]().return?.();
    return result;
  };
  const { client, store } = setUp({}, [givenUp]);
  await client
    .stream(say({ ends: 'stall' }))
    .response()
    .catch(() => {});
  expect(await store.records()).toMatchObject([{ outcome: 'cancelled' }]);
});

test.each([
  ['by the wire', (client: ReturnType<typeof setUp>['client']) => client.chat({ ...say(), seed: 13 })],
  [
    'by a signal that was aborted before',
    (client: ReturnType<typeof setUp>['client']) => client.chat(say(), { signal: AbortSignal.abort() }),
  ],
])('a call that is refused before the network %s has no record', async (_, call) => {
  const { client, store, served } = setUp();
  await expect(call(client)).rejects.toThrow();
  expect(served).toEqual([]);
  expect(await store.records()).toEqual([]);
});

test('a connection that fails is a failed record', async () => {
  const store = createMemoryStore();
  const { client } = createToyClient({
    fetch: () => Promise.reject(new TypeError('fetch failed')),
    maxRetries: 0,
    interceptors: [recordUsage({ store, workspace: 'marketing' })],
  });
  await expect(client.chat(say())).rejects.toMatchObject({ kind: 'connection' });
  expect(await store.records()).toMatchObject([
    { outcome: 'failed', error: { kind: 'connection' }, id: expect.stringMatching(/^local-/) },
  ]);
});

test('calls without a request id have ids of their own', async () => {
  const { client, store } = setUp();
  for (const _ of [1, 2]) await client.chat(say());
  const ids = (await store.records()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
  expect((await store.records())[0]).not.toHaveProperty('requestId');
});

test('a model without a price, or a region, is unpriced and never free', async () => {
  const { client, store } = setUp();
  await client.chat(say({ requestId: 'req-1', usage: someUsage }, 'my-own-model'));
  const elsewhere = setUp({ store, region: undefined });
  await elsewhere.client.chat(say({ requestId: 'req-2', usage: someUsage }));
  const records = await store.records();
  expect(records.map(({ id, unpriced }) => [id, unpriced]).sort()).toEqual([
    ['req-1', 'no-price'],
    ['req-2', 'no-region'],
  ]);
  for (const one of records) expect(one).not.toHaveProperty('cost');
});

test('tags may be told from the call', async () => {
  const { client, store } = setUp({ tags: ({ request }) => ({ model: request.model }) });
  await client.chat(say());
  expect(await store.records()).toMatchObject([{ tags: { model: 'qwen-plus' } }]);
});

test('the record is kept before the reply is there, and before the last event is', async () => {
  const steps: string[] = [];
  const memory = createMemoryStore();
  const store = {
    ...memory,
    add: async (record: UsageRecord) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      steps.push('kept');
      return memory.add(record);
    },
  };
  const { client } = setUp({ store });
  await client.chat(say());
  steps.push('reply');
  for await (const event of client.stream(say({ usage: someUsage }))) steps.push(event.type);
  expect(steps).toEqual([
    'kept',
    'reply',
    'response-start',
    'text-delta',
    'text-delta',
    'usage',
    'kept',
    'finish',
  ]);
});

const broken = { ...createMemoryStore(), add: () => Promise.reject(new Error('disk full')) };

test('a store that fails loses no reply, and prints the record that it lost', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { client } = setUp({ store: broken });
  await expect(client.chat(say({ requestId: 'req-1' }))).resolves.toMatchObject({ text: 'one two' });
  const [[, error, text] = []] = printed.mock.calls;
  expect(error).toMatchObject({ message: 'disk full' });
  expect(JSON.parse(String(text))).toMatchObject({ id: 'req-1', workspace: 'marketing' });
});

test('a store that fails is told to onError, which may let the call fail', async () => {
  const onError = vi.fn((error: unknown) => {
    throw error;
  });
  const { client } = setUp({ store: broken, onError });
  await expect(client.chat(say({ requestId: 'req-1' }))).rejects.toThrow('disk full');
  expect(onError).toHaveBeenCalledWith(expect.any(Error), expect.objectContaining({ id: 'req-1' }));
});

test('what a call failed of is thrown, also when the store fails too', async () => {
  const onError = () => Promise.reject(new Error('strict'));
  const { client } = setUp({ store: broken, onError });
  await expect(client.chat(say({ status: 400 }))).rejects.toMatchObject({ code: 'Status400' });
  await expect(client.stream(say({ ends: 'error' })).response()).rejects.toMatchObject({ code: 'Broken' });
});

test('a store that never answers keeps no reply back', async () => {
  const onError = vi.fn();
  const stuck = { ...createMemoryStore(), add: () => new Promise<boolean>(() => {}) };
  const { client } = setUp({ store: stuck, onError, storeTimeoutMs: 20 });
  await expect(client.chat(say())).resolves.toMatchObject({ text: 'one two' });
  expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: expect.stringContaining('20 ms') });
});

test('a store may be waited for without end', async () => {
  const onError = vi.fn();
  const memory = createMemoryStore();
  const add = async (record: UsageRecord) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return memory.add(record);
  };
  const { client } = setUp({ store: { ...memory, add }, onError, storeTimeoutMs: Number.POSITIVE_INFINITY });
  await client.chat(say());
  expect(onError).not.toHaveBeenCalled();
  expect(await memory.records()).toHaveLength(1);
});

test.each([undefined, null])('a function that returns %j gives a call no tags', async (none) => {
  const { client, store } = setUp({ tags: () => none as unknown as undefined });
  await client.chat(say());
  expect((await store.records()).map(({ tags }) => tags)).toEqual([{}]);
});

test('what an interceptor inside throws that is no QwireError is a failed record', async () => {
  const store = createMemoryStore();
  const wrap = recordUsage({ store, workspace: 'marketing' });
  const call = { operation: 'chat', request: say(), options: {}, wire: 'toy', workspace: undefined } as const;
  const failing = wrap(() => Promise.reject<CallResult>(new TypeError('bug')));
  await expect(failing(call)).rejects.toThrow('bug');
  expect(await store.records()).toMatchObject([{ outcome: 'failed', unpriced: 'incomplete' }]);
});

test('events that end without a finish are a completed record', async () => {
  const store = createMemoryStore();
  async function* events(): AsyncGenerator<ChatEvent, void> {
    yield { type: 'response-start', requestId: 'req-1', model: 'm' };
  }
  const rest = () => ({ warnings: [], raw: undefined });
  const wrapped = recordUsage({ store, workspace: 'marketing' })(async () => ({
    operation: 'stream',
    events: events(),
    rest,
  }));
  const call = {
    operation: 'stream',
    request: say(),
    options: {},
    wire: 'toy',
    workspace: undefined,
  } as const;
  const result = await wrapped(call);
  if (result.operation === 'stream') for await (const _ of result.events);
  expect(await store.records()).toMatchObject([{ id: 'req-1', outcome: 'completed' }]);
});

test.each<[object, RegExp]>([
  [{ store: undefined }, /store: must be a store/],
  [{ workspace: '' }, /workspace: must be a name/],
  [{ region: 'atlantis' }, /region: must be a region/],
  [{ storeTimeoutMs: 0 }, /storeTimeoutMs: must be above 0/],
  [{ storeTimeoutMs: 2 ** 31 }, /storeTimeoutMs: must be above 0 and at most 2147483647, or Infinity/],
  [{ storeTimeoutMs: '5' }, /storeTimeoutMs: must be above 0/],
  [{ drainTimeoutMs: 3e9 }, /drainTimeoutMs: must be above 0 and at most 2147483647, or Infinity/],
  [{ prices: {} }, /prices: must be a price book/],
  [{ onError: 'x' }, /onError: must be a function/],
  [{ budged: {} }, /budged.*Known: store/],
  [{ budget: { amount: 'x', currency: 'USD', per: 'day' } }, /amount: must be a decimal number/],
])('refuses the options %j by name', (wrong, message) => {
  const make = () => recordUsage({ store: createMemoryStore(), workspace: 'w', ...wrong });
  expect(make).toThrow(message);
  expect(make).toThrow(QwireError);
});
