import { afterEach, expect, test, vi } from 'vitest';
import { abortedError, Watch } from './watch.ts';

afterEach(() => vi.useRealTimers());

const limits = { connectMs: 50, firstEventMs: 200, idleMs: 20, totalMs: 100 };

test('the limit that ends first ends the watch, whichever was started first', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(limits, undefined);
  watch.start('idleMs');
  vi.advanceTimersByTime(30);
  expect(watch.failure).toMatchObject({ kind: 'timeout', timeout: 'idleMs' });
});

test('a limit that is started again counts from then', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(limits, undefined);
  watch.start('idleMs');
  vi.advanceTimersByTime(15);
  watch.start('idleMs');
  vi.advanceTimersByTime(15);
  expect(watch.failure).toBeUndefined();
  vi.advanceTimersByTime(10);
  expect(watch.failure).toMatchObject({ timeout: 'idleMs' });
});

test('a limit that is stopped ends nothing, until it is started again', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(limits, undefined);
  watch.start('idleMs');
  watch.stop('idleMs');
  vi.advanceTimersByTime(60);
  expect(watch.failure).toBeUndefined();
  watch.start('idleMs');
  vi.advanceTimersByTime(30);
  expect(watch.failure).toMatchObject({ timeout: 'idleMs' });
});

test('once it is closed, no limit sets a timer', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall(limits, undefined);
  watch.start('idleMs');
  watch.close();
  watch.start('idleMs');
  expect(vi.getTimerCount()).toBe(0);
});

test('a limit longer than timers can count is never reached, and sets no timer', () => {
  vi.useFakeTimers();
  const watch = Watch.ofCall({ ...limits, totalMs: Number.POSITIVE_INFINITY, idleMs: 2 ** 31 }, undefined);
  watch.start('idleMs');
  expect(vi.getTimerCount()).toBe(0);
});

test('a try ends with its call, and a listener that was taken back hears of nothing', () => {
  const call = new Watch(limits);
  const [left, ended] = [Watch.ofTry(limits, call), Watch.ofTry(limits, call)];
  left.close();
  const heard: string[] = [];
  const listener = () => void heard.push('taken back');
  ended.onAbort(listener);
  ended.onAbort(() => void heard.push('heard'));
  ended.offAbort(listener);
  call.end(abortedError('enough'));
  expect([left.failure, ended.failure?.kind, heard]).toEqual([undefined, 'aborted', ['heard']]);
});
