import { QwireError } from '@qwire/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LimitCallsOptions, limitCalls } from './limit-calls.ts';
import { createCaller, createService, tokensInText } from './toy-calls.fixture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type ServiceOptions = Parameters<typeof createService>[0];

/** A workspace whose calls are limited, and what reaches the service. Tokens are estimated as the text says. */
function limited(options: Omit<LimitCallsOptions, 'workspace'>, serviceOptions: ServiceOptions = {}) {
  const service = createService(serviceOptions);
  const limits = limitCalls({ workspace: 'marketing', estimateTokens: tokensInText, ...options });
  return { ...service, call: createCaller(limits, service.next) };
}

const refused = (status: number) => new QwireError('no', { kind: 'invalid-request', status });
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (reason: unknown) => reason,
  );

test('calls beyond the limit wait until the window has passed, and none fails', async () => {
  const { call, times } = limited({ limits: [{ models: '*', requests: 2, windowMs: 1_000 }] });
  const calls = Promise.all([1, 2, 3, 4, 5].map(() => call()));
  await vi.runAllTimersAsync();
  expect(await calls).toHaveLength(5);
  expect(times()).toEqual([0, 0, 1_000, 1_000, 2_000]);
});

test('a window is a minute unless given', async () => {
  const { call, times } = limited({ limits: [{ models: '*', requests: 1 }] });
  void Promise.all([call(), call()]);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 60_000]);
});

test('first come, first served: a small call does not overtake a large one that waits', async () => {
  const { call, texts } = limited({ limits: [{ models: '*', tokens: 100, windowMs: 1_000 }] });
  void Promise.all(['60', '50', '10', '90'].map((text) => call(text)));
  await vi.runAllTimersAsync();
  expect(texts()).toEqual(['60', '50', '10', '90']);
});

test('each model that fits has the limit to itself, and other models have none', async () => {
  const { call, times } = limited({ limits: [{ models: ['qwen-*'], requests: 1, windowMs: 1_000 }] });
  for (const model of ['qwen-plus', 'qwen-max', 'glm-5', 'glm-5', 'QWEN-PLUS']) void call('Hi', { model });
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 0, 0, 0, 1_000]);
});

test('all limits that fit a model hold', async () => {
  const { call, times } = limited({
    limits: [
      { models: '*', requests: 3, windowMs: 1_000 },
      { models: 'qwen-plus', tokens: 100, windowMs: 6_000 },
    ],
  });
  for (const text of ['10', '10', '10', '10', '70']) void call(text);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 0, 0, 1_000, 6_000]);
});

test('a request that finds no room for its tokens takes none from the limit of requests', async () => {
  const { call, times } = limited({
    limits: [
      { models: '*', requests: 2, windowMs: 10_000 },
      { models: '*', tokens: 100, windowMs: 1_000 },
    ],
  });
  for (const text of ['100', '100', '1']) void call(text);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 1_000, 10_000]);
});

test('tokens are reserved as estimated, and what the usage does not need makes room at once', async () => {
  const { call, times } = limited(
    { limits: [{ models: '*', tokens: 100, windowMs: 60_000 }] },
    { answer: () => 30 },
  );
  for (const text of ['90', '60', '40', '40']) void call(text);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 100, 200, 60_000]);
});

test('tokens beyond the estimate count too', async () => {
  const { call, times } = limited(
    { limits: [{ models: '*', tokens: 100, windowMs: 60_000 }] },
    { answer: () => 95 },
  );
  await Promise.all([call('10'), vi.advanceTimersByTimeAsync(100)]);
  void call('10');
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 60_000]);
});

test('a count below 0 is no report, and lifts no limit', async () => {
  const { call, times } = limited(
    { limits: [{ models: '*', tokens: 100, windowMs: 60_000 }] },
    { answer: () => -1_000_000 },
  );
  for (const text of ['90', '20']) void call(text);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 60_000]);
});

test('a call whose usage is not reported keeps its estimate', async () => {
  const { call, times } = limited({ limits: [{ models: '*', tokens: 100, windowMs: 60_000 }] });
  for (const text of ['90', '20']) void call(text);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 60_000]);
});

test('a call that may need more than a whole window waits for an empty one', async () => {
  const { call, times } = limited({ limits: [{ models: '*', tokens: 100, windowMs: 1_000 }] });
  for (const text of ['1', '5000', '1']) void call(text);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 1_000, 2_000]);
});

test('a call that cannot be estimated is sent while there is room, and counts as its usage says', async () => {
  const { call, times } = limited(
    { limits: [{ models: '*', tokens: 100, windowMs: 60_000 }], estimateTokens: () => undefined },
    { answer: () => 100 },
  );
  for (let calls = 0; calls < 2; calls += 1) void call();
  await vi.advanceTimersByTimeAsync(100);
  void call();
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 0, 60_000]);
});

test('unless an estimate is given, tokens are bounded by the request', async () => {
  const service = createService();
  const limits = [{ models: '*', tokens: 1_000, windowMs: 1_000 }];
  const call = createCaller(limitCalls({ workspace: 'marketing', limits }), service.next);
  for (const length of [700, 100, 500]) void call('x'.repeat(length));
  await vi.runAllTimersAsync();
  expect(service.times()).toEqual([0, 0, 1_000]);
});

test('the usage of a stream counts when it has come', async () => {
  const { call, times } = limited(
    { limits: [{ models: '*', tokens: 100, windowMs: 60_000 }] },
    { answer: () => 30 },
  );
  const pending = call('100', { operation: 'stream' });
  await vi.advanceTimersByTimeAsync(100);
  const result = await pending;
  void call('70');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(times()).toEqual([0]);
  if (result.operation === 'stream') for await (const _ of result.events);
  await vi.advanceTimersByTimeAsync(0);
  expect(times()).toEqual([0, 1_100]);
});

test('a stream that is left keeps its estimate', async () => {
  const { call, times } = limited(
    { limits: [{ models: '*', tokens: 100, windowMs: 60_000 }] },
    { answer: () => 30 },
  );
  const pending = call('100', { operation: 'stream' });
  await vi.advanceTimersByTimeAsync(100);
  const result = await pending;
  if (result.operation === 'stream') for await (const _ of result.events) break;
  void call('70');
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 60_000]);
});

test('a call that the service refuses used no tokens, and one request', async () => {
  const { call, times } = limited(
    {
      limits: [
        { models: '*', tokens: 100, windowMs: 60_000 },
        { models: '*', requests: 2, windowMs: 60_000 },
      ],
    },
    { answer: () => refused(400) },
  );
  for (let calls = 0; calls < 3; calls += 1) call('100').catch(() => {});
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 100, 60_000]);
});

test('a call that is refused before the network used nothing', async () => {
  const spent = new QwireError('spent', { kind: 'budget-exceeded' });
  const { call, times } = limited(
    { limits: [{ models: '*', requests: 1, tokens: 100 }] },
    { answer: () => spent },
  );
  for (let calls = 0; calls < 3; calls += 1) call('100').catch(() => {});
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 100, 200]);
});

test('a call that waits ends at once when it is aborted, and takes no turn', async () => {
  const { call, texts } = limited({ limits: [{ models: '*', requests: 1, windowMs: 1_000 }] });
  const controllers = [new AbortController(), new AbortController()];
  void call('a');
  const waiting = controllers.map(({ signal }) => reasonOf(call('b', { signal })));
  void call('c');
  await vi.advanceTimersByTimeAsync(10);
  for (const controller of controllers) controller.abort('enough');
  expect(await Promise.all(waiting)).toMatchObject([
    { kind: 'aborted', message: 'The call was aborted', cause: 'enough' },
    { kind: 'aborted', cause: 'enough' },
  ]);
  await vi.advanceTimersByTimeAsync(990);
  expect(texts()).toEqual(['a', 'c']);
});

test('a call that waits too long fails before the network, and says for what it waited', async () => {
  const { call, times } = limited({
    limits: [{ models: 'qwen-plus', requests: 1, windowMs: 60_000 }],
    maxWaitMs: 30_000,
  });
  void call();
  const late = [reasonOf(call()), reasonOf(call())];
  await vi.advanceTimersByTimeAsync(29_999);
  expect(await Promise.race([...late, 'waits'])).toBe('waits');
  await vi.advanceTimersByTimeAsync(1);
  const message =
    'The call waited 30000 ms for its turn: workspace "marketing" may send "qwen-plus" no more than 1 requests in 60 s';
  const error = { kind: 'rate-limited', message, workspace: 'marketing', retryable: true, status: undefined };
  expect(await Promise.all(late)).toMatchObject([error, error]);
  expect(times()).toEqual([0]);
});

test('a call that may not wait is sent if there is room, and else fails', async () => {
  const { call, times } = limited({ limits: [{ models: '*', requests: 2 }], maxWaitMs: 0 });
  const results = Promise.all([1, 2, 3].map(() => reasonOf(call())));
  await vi.runAllTimersAsync();
  expect(await results).toMatchObject([undefined, undefined, { kind: 'rate-limited' }]);
  expect(times()).toEqual([0, 0]);
});

test('clients that are given the same interceptor share its limits', async () => {
  const limits = limitCalls({
    workspace: 'marketing',
    limits: [{ models: '*', requests: 1, windowMs: 1_000 }],
  });
  const service = createService();
  for (let clients = 0; clients < 2; clients += 1) void createCaller(limits, service.next)();
  await vi.runAllTimersAsync();
  expect(service.times()).toEqual([0, 1_000]);
});

test.each<[field: string, options: object]>([
  ['requests', { limits: [], requests: 60 }],
  ['workspace', { workspace: '' }],
  ['limits', { limits: { models: '*', requests: 1 } }],
  ['limits[0].rpm', { limits: [{ models: '*', rpm: 1 }] }],
  ['limits[0].models', { limits: [{ requests: 1 }] }],
  ['limits[0].models', { limits: [{ models: [], requests: 1 }] }],
  ['limits[1].requests', { limits: [{ models: '*', requests: 1 }, { models: '*' }] }],
  ['limits[0].requests', { limits: [{ models: '*', requests: 0 }] }],
  ['limits[0].tokens', { limits: [{ models: '*', tokens: { points: 5 } }] }],
  ['limits[0].windowMs', { limits: [{ models: '*', tokens: 5, windowMs: 0 }] }],
  ['limits[0].windowMs', { limits: [{ models: '*', tokens: { consume: () => {} }, windowMs: 5 }] }],
  ['maxWaitMs', { maxWaitMs: Number.NaN }],
  ['storeTimeoutMs', { storeTimeoutMs: 2 ** 31 }],
  ['estimateTokens', { estimateTokens: 100 }],
  ['onError', { onError: 'ignore' }],
])('%s is refused when it is wrong: %o', (field, options) => {
  const given = { workspace: 'marketing', ...options } as LimitCallsOptions;
  expect(() => limitCalls(given)).toThrow(expect.objectContaining({ kind: 'configuration', field }));
});

test('an estimate that is no number is refused', async () => {
  const { call } = limited({ limits: [{ models: '*', tokens: 1 }], estimateTokens: () => Number.NaN });
  expect(await reasonOf(Promise.resolve().then(() => call()))).toMatchObject({ field: 'estimateTokens' });
});
