import { QwireError } from '@qwire/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createToy, hello } from '../registry/toy-wire.fixture.ts';
import { type LimitCallsOptions, limitCalls } from './limit-calls.ts';
import { type Answer, createCaller, createService, tokensInText, tooMany } from './toy-calls.fixture.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // The longest waits.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Calls to a service that answers the tries in this order, and then all that follow well. */
function learning(answers: readonly Answer[], options: Partial<LimitCallsOptions> = {}) {
  const service = createService({ answer: (_, tries) => answers[tries - 1] });
  return {
    ...service,
    call: createCaller(limitCalls({ workspace: 'marketing', ...options }), service.next),
  };
}

/** A service over core's client, tries and all, that takes so many requests in a window. */
function throttledClient(limit: number, windowMs: number, options?: Partial<LimitCallsOptions>) {
  const begin = performance.now();
  const tries: number[] = [];
  let taken: number[] = [];
  const fetch = async () => {
    const now = performance.now() - begin;
    tries.push(Math.round(now));
    taken = taken.filter((at) => at > now - windowMs);
    const isFull = taken.length >= limit;
    if (!isFull) taken.push(now);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const body = { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded' };
    return isFull ? Response.json(body, { status: 429 }) : new Response('fine');
  };
  const interceptors = options ? [limitCalls({ workspace: 'marketing', ...options })] : [];
  const client = createToy({ apiKey: 'sk-toy', region: 'singapore', maxRetries: 2, fetch, interceptors });
  return { client, tries };
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (reason: unknown) => reason,
  );

test('after a refusal the model’s calls pause, and other models’ do not', async () => {
  const { call, sent } = learning([tooMany()]);
  const first = failure(call('refused'));
  await vi.advanceTimersByTimeAsync(100);
  expect(await first).toMatchObject({ kind: 'rate-limited', status: 429 });
  void call('pauses');
  void call('goes on', { model: 'qwen-max' });
  await vi.runAllTimersAsync();
  expect(sent).toEqual([
    { at: 0, text: 'refused' },
    { at: 100, text: 'goes on' },
    { at: 2_100, text: 'pauses' },
  ]);
});

test('pauses do not grow from one refusal to the next when calls were answered between', async () => {
  const { call, times } = learning([tooMany(), undefined, tooMany()]);
  for (const passes of [10_000, 10_000, 100]) {
    void failure(call());
    await vi.advanceTimersByTimeAsync(passes);
  }
  void call();
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 10_000, 20_000, 22_100]);
});

test('after the pause calls go one by one', async () => {
  const { call, times } = learning([tooMany()]);
  void failure(call());
  await vi.advanceTimersByTimeAsync(100);
  for (let calls = 0; calls < 3; calls += 1) void call();
  await vi.runAllTimersAsync();
  const gaps = times().map((at, index, all) => at - (all[index - 1] ?? 0));
  expect(gaps).toEqual([0, 2_100, 977, 966]);
});

test('a pause is as long as the service asks for', async () => {
  const { call, times } = learning([tooMany(5_000)]);
  void failure(call());
  await vi.advanceTimersByTimeAsync(100);
  void call();
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 5_100]);
});

test.each([
  ['a quota that is used up', new QwireError('no', { kind: 'quota-exhausted', status: 429 })],
  ['a service that fails', new QwireError('no', { kind: 'unavailable', status: 503, retryable: true })],
  ['a refusal of this side', new QwireError('no', { kind: 'rate-limited', retryable: true })],
])('%s teaches nothing', async (_, error) => {
  const { call, times } = learning([error]);
  void failure(call());
  await vi.advanceTimersByTimeAsync(100);
  void call();
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 100]);
});

test('a stream that is refused after it began teaches as well', async () => {
  const service = createService();
  const limits = limitCalls({ workspace: 'marketing' });
  const call = createCaller(limits, async (sent) => {
    const result = await service.next(sent);
    // biome-ignore lint/correctness/useYield: it fails before its first event
    const events = (async function* () {
      throw tooMany();
    })();
    return result.operation === 'stream' ? { ...result, events } : result;
  });
  const pending = call('Hi', { operation: 'stream' });
  await vi.advanceTimersByTimeAsync(100);
  const result = await pending;
  if (result.operation === 'stream') {
    expect(await failure(result.events[Symbol.asyncIterator]().next())).toMatchObject({
      kind: 'rate-limited',
    });
  }
  void call();
  await vi.runAllTimersAsync();
  expect(service.times()).toEqual([0, 2_100]);
});

test('what was learned makes no call fail: whoever has waited long enough is sent', async () => {
  const { call, times } = learning([tooMany(600_000)], { maxWaitMs: 10_000 });
  void failure(call());
  await vi.advanceTimersByTimeAsync(100);
  const calls = Promise.all([call(), call()]);
  await vi.runAllTimersAsync();
  expect(await calls).toHaveLength(2);
  expect(times()).toEqual([0, 10_100, 10_100]);
});

test('core’s tries count each, and a call that is repeated keeps its place', async () => {
  const limits = [{ models: '*', requests: 1, windowMs: 10_000 }];
  const { client, tries } = throttledClient(1, 15_000, { limits });
  const ends: string[] = [];
  for (const name of ['a', 'b', 'c']) void client.chat(hello).then(() => ends.push(name));
  await vi.runAllTimersAsync();
  expect(ends).toEqual(['a', 'b', 'c']);
  // b is refused at 10 s, and c at 30 s.
  expect(tries).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
});

test('a call that may not wait for another try ends with what the service said', async () => {
  const limits = [{ models: '*', requests: 1, windowMs: 60_000 }];
  const { client, tries } = throttledClient(0, 1_000, { limits, maxWaitMs: 5_000 });
  const error = failure(client.chat(hello));
  await vi.runAllTimersAsync();
  expect(await error).toMatchObject({ kind: 'rate-limited', status: 429, code: 'Throttling.RateQuota' });
  expect(tries).toEqual([0]);
});

test('a call that is repeated need not wait for a larger one that came later', async () => {
  const service = createService({ answer: (_, tries) => (tries === 1 ? tooMany() : undefined) });
  const limits = [{ models: '*', tokens: 100 }];
  const limiting = limitCalls({ workspace: 'marketing', limits, estimateTokens: tokensInText });
  const call = createCaller(limiting, (sent) =>
    // As core does.
    service.next(sent).catch(async (error) => {
      const { signal } = new AbortController();
      await sent.options.beforeRetry?.({ error, tries: 1, delayMs: 5_000, signal });
      return service.next(sent);
    }),
  );
  for (const text of ['10', '60', '50']) void call(text);
  await vi.runAllTimersAsync();
  expect(service.sent).toEqual([
    { at: 0, text: '10' },
    { at: 0, text: '60' },
    { at: 5_100, text: '10' },
    { at: 60_000, text: '50' },
  ]);
});

test.each([
  ['the wait that core asks for', 1_000],
  ['its turn', 10_000],
])('a call that is aborted before another try, in %s, ends at once', async (_, abortedAt) => {
  const controller = new AbortController();
  const limits = [{ models: '*', requests: 1 }];
  const { client } = throttledClient(0, 1_000, { limits });
  const error = failure(client.chat(hello, { signal: controller.signal }));
  await vi.advanceTimersByTimeAsync(abortedAt);
  controller.abort('enough');
  await vi.advanceTimersByTimeAsync(0);
  expect(await error).toMatchObject({ kind: 'aborted', cause: 'enough' });
});

test('the caller’s own beforeRetry is told too', async () => {
  const { client } = throttledClient(0, 1_000, {});
  const beforeRetry = vi.fn();
  void failure(client.chat(hello, { beforeRetry }));
  await vi.runAllTimersAsync();
  expect(beforeRetry.mock.calls.map(([{ tries }]) => tries)).toEqual([1, 2]);
});

test('where twice as many call as the service takes, far fewer calls fail and tries are wasted', async () => {
  const outcome = async (options?: Partial<LimitCallsOptions>) => {
    const { client, tries } = throttledClient(60, 60_000, options);
    const calls = Promise.all(Array.from({ length: 120 }, () => failure(client.chat(hello))));
    await vi.runAllTimersAsync();
    return { failed: (await calls).filter(Boolean).length, tries: tries.length };
  };
  expect(await outcome()).toEqual({ failed: 60, tries: 240 });
  const learned = await outcome({ maxWaitMs: 600_000 });
  expect(learned.failed).toBeLessThan(15);
  expect(learned.tries).toBeLessThan(200);
});

test('where the limit is known, no call is refused', async () => {
  const limits = [{ models: '*', requests: 10, windowMs: 1_000 }];
  const { client, tries } = throttledClient(10, 1_000, { limits });
  const calls = Promise.all(Array.from({ length: 100 }, () => client.chat(hello)));
  await vi.runAllTimersAsync();
  expect(await calls).toHaveLength(100);
  expect(tries).toHaveLength(100);
  expect(tries.at(-1)).toBe(9_000);
});
