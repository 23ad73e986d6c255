import type { ClientOptions } from '@qwire/core';
import { afterEach, expect, test, vi } from 'vitest';
import { createPriceBook } from '../cost/create-price-book.ts';
import { createMemoryStore } from '../ledger/create-memory-store.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import { type RecordUsageOptions, recordUsage } from '../ledger/record-usage.ts';
import { createToyClient, type Script, say, someUsage } from '../ledger/toy-service.fixture.ts';
import { type Budget, readBudget } from './budget.ts';

afterEach(() => void vi.useRealTimers());

/** A token is a millionth of a dollar, whatever its kind. */
const rate = { input: '1', explicitCreation: '1' };
const prices = createPriceBook({
  overrides: [
    { models: 'toy', date: '2026-01', currency: 'USD', tiers: [{ ...rate, output: '1' }] },
    { models: 'toy-yuan', date: '2026-01', currency: 'CNY', tiers: [{ ...rate, output: '1' }] },
    { models: 'toy-embedding', date: '2026-01', currency: 'USD', tiers: [rate] },
  ],
});

const daily: Budget = { amount: '0.01', currency: 'USD', per: 'day' };
const usd = (amount: string) => ({ amount, currency: 'USD' });

function setUp(
  budget: Partial<Budget> = {},
  options: Partial<RecordUsageOptions> = {},
  client: ClientOptions = {},
) {
  const store = options.store ?? createMemoryStore();
  const given: Budget = { ...daily, ...budget };
  const recording = recordUsage({
    store,
    workspace: 'marketing',
    region: 'singapore',
    prices,
    limits: () => ({ maxInputTokens: 1_000 }),
    ...options,
    budget: given,
  });
  const toy = createToyClient({ interceptors: [recording], maxRetries: 0, ...client });
  return {
    ...toy,
    store,
    standing: () => readBudget(store, { workspace: 'marketing', budget: given }),
    chat: (script: Script = { usage: someUsage }, model = 'toy') => toy.client.chat(ask(script, model)),
    stream: (script: Script = { usage: someUsage }) => toy.client.stream(ask(script)),
  };
}

/** At most 1,000 tokens of input and 900 of output: `someUsage` is 1,100 of these 1,900. */
function ask(script: Script, model = 'toy') {
  const messages = [...say(script).messages, { role: 'user', content: 'x'.repeat(1_000) }] as const;
  return { model, messages, maxTokens: 899, thinking: false };
}

test('a call that fits is sent, and what it cost is spent', async () => {
  const { chat, standing } = setUp();
  await chat();
  expect(await standing()).toMatchObject({ spent: usd('0.0011'), reserved: usd('0'), limit: usd('0.01') });
});

test('a call that might exceed a hard budget is refused before the network', async () => {
  const { chat, served, store } = setUp({ amount: '0.002' });
  await chat();
  await expect(chat()).rejects.toMatchObject({
    kind: 'budget-exceeded',
    workspace: 'marketing',
    retryable: false,
    message: expect.stringMatching(
      /"marketing", 0.002 USD a day.* 0.0011 is spent, 0 is reserved.* may cost 0.00/,
    ),
    hint: expect.stringMatching(/The next day begins at \d{4}-\d\d-\d\dT00:00:00.000Z/),
  });
  expect(served).toHaveLength(1);
  expect(await store.records()).toHaveLength(1);
});

test('calls that run have their worst case reserved, and one that may fit later says so', async () => {
  const { chat, stream, standing } = setUp({ amount: '0.003' });
  const running = stream({ usage: someUsage })[Symbol.asyncIterator]();
  await running.next();
  const { reserved } = await standing();
  expect(Number(reserved.amount)).toBeGreaterThan(0.001);
  await expect(chat()).rejects.toMatchObject({ kind: 'budget-exceeded', retryable: true });
  while (!(await running.next()).done);
  await chat();
  expect(await standing()).toMatchObject({ spent: usd('0.0022'), reserved: usd('0') });
});

/** A film has no bound that can be told from the request. */
function film(model: string) {
  const { messages, ...rest } = ask({}, model);
  const part = { type: 'video', video: 'https://films.example/1.mp4' } as const;
  return { ...rest, messages: [...messages, { role: 'user', content: [part] } as const] };
}

test('many calls at once stay within the budget and use it up', async () => {
  const { chat, standing } = setUp({ amount: '0.02' });
  let refused = 0;
  const worker = async () => {
    for (let tries = 0; tries < 500; tries += 1) {
      const error = await chat().then(
        () => undefined,
        (reason: { readonly retryable: boolean }) => reason,
      );
      if (error) refused += 1;
      if (error && !error.retryable) return;
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  const { spent, reserved } = await standing();
  expect(reserved).toEqual(usd('0'));
  expect(Number(spent.amount)).toBeLessThanOrEqual(0.02);
  expect(Number(spent.amount)).toBeGreaterThan(0.02 - 0.0019);
  expect(refused).toBeGreaterThanOrEqual(20);
});

test.each<[string, Script, string]>([
  ['that the service refused costs nothing', { status: 400 }, '0'],
  ['without a reported usage counts with its worst case', {}, '0.0019'],
])('a call %s', async (_, script, spent) => {
  const { chat, standing } = setUp();
  await chat(script).catch(() => {});
  expect(await standing()).toMatchObject({ spent: usd(spent), reserved: usd('0') });
});

test.each<[string, Script, string]>([
  ['had reported some usage counts with its worst case', { usage: someUsage, usageFirst: true }, '0.0019'],
  ['had reported none counts with its worst case', {}, '0.0019'],
])('a stream that is left early and %s', async (_, script, spent) => {
  const { stream, standing } = setUp();
  for await (const event of stream({ ...script, ends: 'stall' })) if (event.type === 'text-delta') break;
  expect(await standing()).toMatchObject({ spent: usd(spent), reserved: usd('0') });
});

const never: typeof fetch = (_, init) =>
  new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));

const failing = (code: string) => ({
  fetch: () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) })),
});

test.each<[string, ClientOptions, string]>([
  ['that the host refuses costs nothing', failing('ECONNREFUSED'), '0'],
  ['whose host is not found costs nothing', failing('EAI_AGAIN'), '0'],
  ['that finds no connection in time costs nothing', failing('UND_ERR_CONNECT_TIMEOUT'), '0'],
  ['whose host is not trusted costs nothing', failing('DEPTH_ZERO_SELF_SIGNED_CERT'), '0'],
  ['whose connection is reset counts with its worst case', failing('ECONNRESET'), '0.0019'],
  ['whose connection is cut counts with its worst case', failing('UND_ERR_SOCKET'), '0.0019'],
  [
    'that fails for no known reason counts with its worst case',
    { fetch: () => Promise.reject(new TypeError('failed')) },
    '0.0019',
  ],
  [
    'whose headers do not come in time counts with its worst case',
    { fetch: never, timeouts: { connectMs: 5 } },
    '0.0019',
  ],
  [
    'that is not answered in time counts with its worst case',
    { fetch: never, timeouts: { totalMs: 5 } },
    '0.0019',
  ],
])('a stream %s', async (_, client, spent) => {
  const { stream, standing } = setUp({}, {}, client);
  await expect(stream().response()).rejects.toThrow();
  expect(await standing()).toMatchObject({ spent: usd(spent), reserved: usd('0') });
});

test('a call that an inner interceptor refuses gives its reservation back', async () => {
  const { client, standing } = setUp();
  await expect(client.chat({ ...ask({}), seed: 13 })).rejects.toMatchObject({ field: 'seed' });
  expect(await standing()).toMatchObject({ spent: usd('0'), reserved: usd('0') });
});

test.each<[string, string, Partial<RecordUsageOptions>, RegExp]>([
  ['has no price', 'unheard-of', {}, /No price of unheard-of/],
  ['has no known limit', 'toy', { limits: () => ({}) }, /How many input tokens/],
])(
  'a hard budget refuses a model that %s, unless told to let it through',
  async (_, model, options, problem) => {
    const strict = setUp({}, options);
    await expect(strict.client.chat(film(model))).rejects.toMatchObject({
      kind: 'configuration',
      message: expect.stringMatching(problem),
      hint: expect.stringContaining('whenUnknown: "allow"'),
    });
    expect(strict.served).toEqual([]);
    const lenient = setUp({ whenUnknown: 'allow' }, options);
    await lenient.client.chat(film(model));
    expect(lenient.served).toHaveLength(1);
  },
);

test.each<Partial<Budget>>([{}, { whenUnknown: 'allow' }, { hard: false }])(
  'a budget %j refuses a model that is priced in another currency: it would never fill',
  async (budget) => {
    const { client, served } = setUp(budget, { limits: () => ({}) });
    await expect(client.chat(film('toy-yuan'))).rejects.toMatchObject({
      kind: 'configuration',
      field: 'budget.currency',
      workspace: 'marketing',
      message: expect.stringMatching(/"marketing".*toy-yuan.*in CNY.*budget is in USD/),
      hint: expect.stringMatching(/in CNY.*createPriceBook/),
    });
    expect(served).toEqual([]);
  },
);

test('a hard budget reckons by the prices of the day of the call, not by those of a later day', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T12:00:00Z') });
  const tiers = [{ ...rate, output: '1' }];
  const cheap = [{ input: '0', output: '0' }];
  const common = { models: 'toy', currency: 'USD' };
  const later = createPriceBook({
    overrides: [
      { ...common, date: '2026-01-01', tiers },
      { ...common, date: '2027-01-01', tiers: cheap },
    ],
  });
  const { chat } = setUp({ amount: '0.001' }, { prices: later });
  await expect(chat()).rejects.toMatchObject({ kind: 'budget-exceeded' });
});

test('a hard budget refuses a call whose output has no bound', async () => {
  const { client } = setUp();
  await expect(client.chat(say({}, 'toy'))).rejects.toMatchObject({
    kind: 'configuration',
    message: expect.stringContaining('How many output tokens'),
  });
});

test('a hard budget refuses built-in tools, whose uses nobody can bound', async () => {
  const { client } = setUp({}, { limits: () => ({ maxInputTokens: 1_000, contextTokens: 2_000 }) });
  await expect(client.chat({ ...ask({}), search: true })).rejects.toMatchObject({
    kind: 'configuration',
    message: expect.stringContaining('built-in tools'),
  });
});

test('calls of unknown cost are let through until the whole budget is spent', async () => {
  const { chat, served } = setUp({ amount: '0.0019', whenUnknown: 'allow' });
  await chat({}, 'unheard-of');
  await chat({});
  await expect(chat({}, 'unheard-of')).rejects.toMatchObject({ kind: 'budget-exceeded', retryable: false });
  expect(served).toHaveLength(2);
});

test('an embedding is held to the budget by its texts', async () => {
  const { client, standing } = setUp({ amount: '0.0001' });
  const usage = { inputTokens: 50, outputTokens: undefined, totalTokens: 50 };
  const embed = (script: Script) => client.embed({ model: 'toy-embedding', input: JSON.stringify(script) });
  await embed({ usage });
  await expect(embed({ usage })).rejects.toMatchObject({ kind: 'budget-exceeded' });
  expect(await standing()).toMatchObject({ spent: usd('0.00005') });
});

test('a budget that is not hard refuses nothing', async () => {
  const { chat, standing } = setUp({ amount: '0.001', hard: false });
  for (const _ of [1, 2, 3]) await chat();
  expect(await standing()).toMatchObject({ spent: usd('0.0033') });
});

test('a new period begins with nothing spent', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T15:59:00Z') });
  const { chat, standing } = setUp({ amount: '0.002', per: 'month', timeZone: 'Asia/Shanghai' });
  await chat();
  await expect(chat()).rejects.toMatchObject({ kind: 'budget-exceeded' });
  vi.setSystemTime(new Date('2026-11-30T16:00:00Z'));
  expect(await standing()).toMatchObject({ spent: usd('0'), from: '2026-11-30T16:00:00.000Z' });
  await chat();
});

test('each threshold is told once in a period, by whichever client reaches it', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-30T12:00:00Z') });
  const onThreshold = vi.fn();
  const store = createMemoryStore();
  const budget: Partial<Budget> = { amount: '0.0044', thresholds: [1, 0.5, 0.4], hard: false, onThreshold };
  const clients = [setUp(budget, { store }), setUp(budget, { store })];
  for (const client of [...clients, ...clients, ...clients]) await client.chat();
  const told = onThreshold.mock.calls.map(([{ threshold, spent }]) => [threshold, spent.amount]);
  expect(told).toEqual([
    [0.4, '0.0022'],
    [0.5, '0.0022'],
    [1, '0.0044'],
  ]);
  expect(onThreshold.mock.calls[0]?.[0]).toEqual({
    workspace: 'marketing',
    threshold: 0.4,
    spent: usd('0.0022'),
    limit: usd('0.0044'),
    from: '2026-11-30T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
  });
  vi.setSystemTime(new Date('2026-12-01T00:00:00Z'));
  for (const client of [...clients, ...clients]) await client.chat();
  expect(onThreshold).toHaveBeenCalledTimes(6);
});

test('a threshold whose claim failed is told with the next call', async () => {
  const onThreshold = vi.fn();
  const store = createMemoryStore();
  vi.spyOn(store, 'claim').mockRejectedValueOnce(new Error('down'));
  const { chat } = setUp({ thresholds: [0.1], hard: false, onThreshold }, { store, onError: () => {} });
  await chat();
  expect(onThreshold).not.toHaveBeenCalled();
  await Promise.all([chat(), chat()]);
  await chat();
  expect(onThreshold).toHaveBeenCalledTimes(1);
});

test('a store is not asked about thresholds that were told already', async () => {
  const store = createMemoryStore();
  const standing = vi.spyOn(store, 'standing');
  const { chat } = setUp({ amount: '0.001', thresholds: [1], hard: false, onThreshold: () => {} }, { store });
  for (const _ of [1, 2, 3]) await chat();
  expect(standing).toHaveBeenCalledTimes(1);
});

test('what onThreshold throws loses no reply and no record', async () => {
  const onError = vi.fn();
  const onThreshold = () => Promise.reject(new Error('no mail today'));
  const { chat, store } = setUp({ amount: '0.002', thresholds: [0.1], onThreshold }, { onError });
  await expect(chat()).resolves.toMatchObject({ text: 'one two' });
  expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: 'no mail today' });
  expect(await store.records()).toHaveLength(1);
});

test('a call is not sent when the store of its hard budget fails or never answers', async () => {
  const failing: LedgerStore = { ...createMemoryStore(), reserve: () => Promise.reject(new Error('down')) };
  const stuck: LedgerStore = { ...createMemoryStore(), reserve: () => new Promise(() => {}) };
  for (const store of [failing, stuck]) {
    const { chat, served } = setUp({}, { store, storeTimeoutMs: 20 });
    await expect(chat()).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
      workspace: 'marketing',
    });
    expect(served).toEqual([]);
  }
});

test('a reservation is renewed while its call runs, and no longer', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const { stream, standing } = setUp();
  const running = stream({ usage: someUsage })[Symbol.asyncIterator]();
  await running.next();
  const { reserved } = await standing();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect((await standing()).reserved).toEqual(reserved);
  while (!(await running.next()).done);
  expect(vi.getTimerCount()).toBe(0);
  expect((await standing()).reserved).toEqual(usd('0'));
});

test('what a lost record may have cost stays reserved', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const store = { ...createMemoryStore(), add: () => Promise.reject(new Error('down')) };
  const { chat, standing } = setUp({}, { store, onError: () => {} });
  await chat();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect((await standing()).reserved).toEqual(usd('0.0019'));
});

test.each<[Partial<Budget>, RegExp]>([
  [{ amount: 'much' }, /amount: must be a decimal number/],
  [{ amount: -1 }, /budget.amount: must not be below 0/],
  [{ currency: 'usd' }, /currency: must be three capital letters/],
  [{ per: 'week' as 'day' }, /budget.per: must be "day" or "month"/],
  [{ timeZone: 'Mars' }, /budget.timeZone: must be an IANA name/],
  [{ hard: 'yes' as unknown as boolean }, /budget.hard: must be true or false/],
  [{ whenUnknown: 'ask' as 'allow' }, /budget.whenUnknown: must be "refuse" or "allow"/],
  [{ thresholds: [0.5, 0] }, /budget.thresholds: must be a list of numbers above 0/],
  [{ thresholds: 0.8 as unknown as number[] }, /budget.thresholds: must be a list of numbers above 0/],
  [{ timeZone: '+08:00' }, /budget.timeZone: must be an IANA name/],
  [{ onThreshold: 'x' as unknown as () => void }, /budget.onThreshold: must be a function/],
  [{ limit: 3 } as object, /budget.limit.*Known: amount/],
])('refuses the budget %j by name', (wrong, message) => {
  expect(() => setUp(wrong)).toThrow(message);
});
