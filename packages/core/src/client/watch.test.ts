import { afterEach, expect, test, vi } from 'vitest';
import { Watch } from './watch.ts';

afterEach(() => vi.useRealTimers());

test('the limit that ends first ends the watch, whichever was started first', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(undefined);
  watch.limit('totalMs', 100).start();
  watch.limit('idleMs', 20).start();
  vi.advanceTimersByTime(30);
  expect(watch.failure).toMatchObject({ kind: 'timeout', timeout: 'idleMs' });
});

test('a limit that is started again counts from then', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(undefined);
  const limit = watch.limit('idleMs', 20).start();
  vi.advanceTimersByTime(15);
  limit.start();
  vi.advanceTimersByTime(15);
  expect(watch.failure).toBeUndefined();
  vi.advanceTimersByTime(10);
  expect(watch.failure).toMatchObject({ timeout: 'idleMs' });
});

test('a limit that is stopped ends nothing, until it is started again', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(undefined);
  const limit = watch.limit('idleMs', 20).start();
  limit.stop();
  vi.advanceTimersByTime(100);
  expect(watch.failure).toBeUndefined();
  limit.start();
  vi.advanceTimersByTime(30);
  expect(watch.failure).toMatchObject({ timeout: 'idleMs' });
});

test('once it is closed, no limit sets a timer', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(undefined);
  const limit = watch.limit('idleMs', 20).start();
  watch.close();
  limit.start();
  expect(vi.getTimerCount()).toBe(0);
});
