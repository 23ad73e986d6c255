import { afterEach, expect, test, vi } from 'vitest';
import { abortedError, Watch } from './watch.ts';

afterEach(() => vi.useRealTimers());

const limits = { connectMs: 50, firstEventMs: 200, idleMs: 20, totalMs: 100 };

test('the limit that ends first ends the watch, whichever was started first', () => {
  vi.useFakeTimers();
  const watch = new Watch(limits);
  watch.start('idleMs');
  vi.advanceTimersByTime(30);
  expect(watch.failure).toMatchObject({ kind: 'timeout', timeout: 'idleMs' });
});

test('a limit that is started again counts from then', () => {
  vi.useFakeTimers();
  const watch = new Watch(limits);
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
  const watch = new Watch(limits);
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
  const watch = new Watch(limits);
  watch.start('idleMs');
  watch.close();
  watch.start('idleMs');
  expect(vi.getTimerCount()).toBe(0);
});

test('a limit longer than timers can count is never reached, and sets no timer', () => {
  vi.useFakeTimers();
  const watch = new Watch({ ...limits, totalMs: Number.POSITIVE_INFINITY, idleMs: 2 ** 31 });
  watch.start('idleMs');
  expect(vi.getTimerCount()).toBe(0);
});

test('a listener that was taken back hears of nothing', () => {
  const watch = new Watch(limits);
  const heard: string[] = [];
  const listener = () => void heard.push('taken back');
  watch.onAbort(listener);
  watch.onAbort(() => void heard.push('heard'));
  watch.offAbort(listener);
  watch.end(abortedError('enough'));
  expect(heard).toEqual(['heard']);
});

test('what ended one try ends neither the call nor the next', () => {
  vi.useFakeTimers();
  const watch = new Watch(limits);
  const heard: string[] = [];
  watch.start('idleMs');
  watch.start('connectMs');
  watch.onAbort(() => void heard.push('first'));
  vi.advanceTimersByTime(30);
  expect([watch.failure?.timeout, watch.callFailure]).toEqual(['idleMs', undefined]);
  watch.endTry();
  watch.onAbort(() => void heard.push('second'));
  vi.advanceTimersByTime(60);
  expect([watch.failure, heard]).toEqual([undefined, ['first']]);
  vi.advanceTimersByTime(20);
  expect([watch.callFailure?.timeout, heard]).toEqual(['totalMs', ['first', 'second']]);
});

test('what ends the call ends all further tries', () => {
  const watch = new Watch(limits);
  watch.end(abortedError('enough'));
  watch.endTry();
  const heard: string[] = [];
  watch.onAbort(({ kind }) => void heard.push(kind));
  expect([watch.failure?.kind, heard]).toEqual(['aborted', ['aborted']]);
});
