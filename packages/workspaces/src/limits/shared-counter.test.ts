import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallLimit } from './call-limit.ts';
import { limitCalls } from './limit-calls.ts';
import type { SharedLimiter } from './shared-counter.ts';
import { createCaller, createService, tokensInText } from './toy-calls.fixture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** As processes that share an engine: each has an interceptor of its own, and all call the same service. */
function processes(count: number, limit: Omit<CallLimit, 'models'>, tokens?: number) {
  const service = createService({ answer: () => tokens });
  const onError = vi.fn();
  const calls = Array.from({ length: count }, () => {
    const limits = [{ models: '*', ...limit }];
    return createCaller(
      limitCalls({ workspace: 'marketing', limits, estimateTokens: tokensInText, onError }),
      service.next,
    );
  });
  return { ...service, calls, onError };
}

const memory = (points: number, duration: number) => new RateLimiterMemory({ points, duration });

/** An engine that answers with this to everything. */
function broken(consume: () => Promise<never>): SharedLimiter {
  return { points: 1, consume };
}

test('processes hold a limit of requests together', async () => {
  const { calls, times } = processes(3, { requests: memory(2, 1) });
  for (const call of [...calls, ...calls]) void call();
  await vi.runAllTimersAsync();
  expect(times().filter((at) => at < 1_000)).toEqual([0, 0]);
  expect(times().filter((at) => at < 2_000)).toHaveLength(4);
  expect(times()).toHaveLength(6);
});

test('processes hold a limit of tokens together, and what one does not use makes room for all', async () => {
  const { calls, times } = processes(2, { tokens: memory(100, 60) }, 30);
  for (const text of ['90', '60']) void calls[0]?.(text);
  for (const text of ['40', '40']) void calls[1]?.(text);
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0, 100, 1_000, 60_000]);
});

test('tokens beyond the estimate count for all processes', async () => {
  const limiter = memory(100, 60);
  const { calls } = processes(1, { tokens: limiter }, 250);
  void calls[0]?.('10');
  await vi.advanceTimersByTimeAsync(100);
  expect((await limiter.get('marketing:qwen-plus:tokens'))?.consumedPoints).toBe(250);
});

test('what was refused counts no longer than it takes to say so', async () => {
  const limiter = memory(100, 60);
  const { calls, times } = processes(2, { tokens: limiter });
  void calls[0]?.('60');
  await vi.advanceTimersByTimeAsync(0);
  void calls[0]?.('50');
  await vi.advanceTimersByTimeAsync(0);
  void calls[1]?.('40');
  await vi.advanceTimersByTimeAsync(0);
  expect(times()).toHaveLength(2);
});

test('nothing is given back when the window may have ended: it would add to the next one', async () => {
  const limiter = memory(100, 1);
  const { calls } = processes(1, { tokens: limiter }, 10);
  void calls[0]?.('90');
  await vi.advanceTimersByTimeAsync(100);
  expect((await limiter.get('marketing:qwen-plus:tokens'))?.consumedPoints).toBe(90);
});

test('an engine that takes nothing back fails no call, also when onError throws', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const consume = async () => ({ msBeforeNext: 30_000 });
  const reward = () => Promise.reject(new Error('down'));
  const { calls, onError } = processes(1, { tokens: { points: 100, consume, reward } }, 10);
  onError.mockImplementation((error: unknown) => {
    throw error;
  });
  const reply = calls[0]?.('90');
  await vi.runAllTimersAsync();
  await expect(reply).resolves.toBeDefined();
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', unhandled);
  expect(onError).toHaveBeenCalledTimes(1);
  expect(unhandled).not.toHaveBeenCalled();
});

test('what a limiter refuses from memory is not given back', async () => {
  const reward = vi.fn(async () => {});
  const consume = () => Promise.reject({ msBeforeNext: 30_000, consumedPoints: 0 });
  const { calls } = processes(1, { tokens: { points: 100, consume, reward } });
  void calls[0]?.('90');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(reward).not.toHaveBeenCalled();
});

test('a call that may need more than a whole window waits for an empty one', async () => {
  const { calls, times } = processes(1, { tokens: memory(100, 60) });
  for (const text of ['1', '5000']) void calls[0]?.(text);
  await vi.runAllTimersAsync();
  expect(times()).toHaveLength(2);
  expect(times()[1]).toBeGreaterThanOrEqual(60_000);
});

test('requests, tokens, models and workspaces have keys of their own in one limiter', async () => {
  const limiter = memory(1, 60);
  const { calls, times } = processes(1, { requests: limiter, tokens: limiter });
  void calls[0]?.('1');
  void calls[0]?.('1', { model: 'qwen-max' });
  await vi.advanceTimersByTimeAsync(0);
  expect(times()).toEqual([0, 0]);
});

test('a limiter that lets bursts through serves as well', async () => {
  const bursty = new BurstyRateLimiter(
    new RateLimiterMemory({ points: 1, duration: 1 }),
    new RateLimiterMemory({ keyPrefix: 'burst', points: 2, duration: 10 }),
  );
  const { calls, times } = processes(1, { requests: bursty });
  for (let sent = 0; sent < 5; sent += 1) void calls[0]?.();
  await vi.runAllTimersAsync();
  expect(times().filter((at) => at < 1_000)).toEqual([0, 0, 0]);
  expect(times()).toHaveLength(5);
});

test('calls are let through when the engine fails, and onError is told', async () => {
  const lost = new Error('connection lost');
  const { calls, times, onError } = processes(1, { requests: broken(() => Promise.reject(lost)) });
  void calls[0]?.();
  await vi.runAllTimersAsync();
  expect(times()).toEqual([0]);
  expect(onError.mock.calls).toEqual([[lost]]);
});

test('calls are let through when the engine does not answer in time', async () => {
  const { calls, times, onError } = processes(1, { requests: broken(() => new Promise(() => {})) });
  void calls[0]?.();
  await vi.runAllTimersAsync();
  expect(times()).toEqual([10_000]);
  expect(String(onError.mock.calls)).toContain('did not answer within 10000 ms');
});

test('a call that is aborted while the engine is asked ends at once, and gives back what it was granted', async () => {
  const limiter = memory(1, 60);
  const slow: SharedLimiter = {
    points: 1,
    consume: (key, points) =>
      new Promise((resolve) => setTimeout(() => resolve(limiter.consume(key, points)), 500)),
    reward: (key, points) => limiter.reward(key, points),
  };
  const { calls, times } = processes(1, { requests: slow });
  const controller = new AbortController();
  const ended = calls[0]?.('1', { signal: controller.signal }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await vi.advanceTimersByTimeAsync(100);
  controller.abort('enough');
  expect(await ended).toMatchObject({ kind: 'aborted', cause: 'enough' });
  await vi.advanceTimersByTimeAsync(400);
  expect((await limiter.get('marketing:qwen-plus:requests'))?.consumedPoints).toBe(0);
  expect(times()).toEqual([]);
});
