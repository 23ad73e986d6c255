import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isRefused } from './counter.ts';
import { createSlidingWindow } from './sliding-window.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('no span as long as the window holds more than the limit, wherever it begins', async () => {
  const steps = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 15 }), pauseMs: fc.nat(60) }));
  const run = async (list: readonly { readonly amount: number; readonly pauseMs: number }[]) => {
    const window = createSlidingWindow({ limit: 10, windowMs: 100 });
    const taken: { readonly at: number; readonly amount: number }[] = [];
    for (const { amount, pauseMs } of list) {
      vi.advanceTimersByTime(pauseMs);
      for (;;) {
        const answer = await window.take(amount);
        if (!isRefused(answer)) break;
        expect(answer.waitMs).toBeGreaterThan(0);
        vi.advanceTimersByTime(answer.waitMs);
      }
      taken.push({ at: performance.now(), amount: Math.min(amount, 10) });
    }
    for (const { at: from } of taken) {
      const within = taken.filter(({ at }) => at >= from && at < from + 100);
      expect(within.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(10);
    }
  };
  await fc.assert(fc.asyncProperty(steps, run));
});

test('asking again after the time that was told suffices', async () => {
  const window = createSlidingWindow({ limit: 10, windowMs: 100 });
  await window.take(4);
  vi.advanceTimersByTime(30);
  await window.take(5);
  expect(await window.take(1)).toHaveProperty('correct');
  expect(await window.take(4)).toEqual({ waitMs: 70 });
  expect(await window.take(6)).toEqual({ waitMs: 100 });
  vi.advanceTimersByTime(70);
  expect(await window.take(4)).toHaveProperty('correct');
});

test('what was taken too much makes room, and what was taken too little takes it', async () => {
  const window = createSlidingWindow({ limit: 10, windowMs: 100 });
  const first = await window.take(10);
  if (isRefused(first)) throw new Error('There is room');
  await first.correct(7);
  expect(await window.take(4)).toEqual({ waitMs: 100 });
  expect(await window.take(3)).toHaveProperty('correct');
  await first.correct(30);
  expect(await window.take(1)).toEqual({ waitMs: 100 });
});

test('what is corrected after its window has passed changes nothing', async () => {
  const window = createSlidingWindow({ limit: 10, windowMs: 100 });
  const first = await window.take(10);
  if (isRefused(first)) throw new Error('There is room');
  vi.advanceTimersByTime(100);
  await window.take(10);
  await first.correct(0);
  expect(await window.take(1)).toEqual({ waitMs: 100 });
});
