import { afterEach, expect, test, vi } from 'vitest';
import { abortedError, timeoutError, Watch } from './watch.ts';

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

test('a call that was ended keeps no timer and no listener, though nobody reads on', () => {
  vi.useFakeTimers();
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  new Watch(limits, controller.signal).start('idleMs');
  controller.abort();
  expect([vi.getTimerCount(), removed.mock.calls.length]).toEqual([0, 1]);
});

test('a limit longer than timers can count is never reached, and sets no timer', () => {
  vi.useFakeTimers();
  const watch = new Watch({ ...limits, totalMs: Number.POSITIVE_INFINITY, idleMs: 2 ** 31 });
  watch.start('idleMs');
  expect(vi.getTimerCount()).toBe(0);
});

test('what ended one try ends neither the call nor the next', () => {
  vi.useFakeTimers();
  const watch = new Watch(limits);
  const cancelled: string[] = [];
  watch.start('idleMs');
  watch.start('connectMs');
  watch.over({ cancel: () => cancelled.push('first') });
  vi.advanceTimersByTime(30);
  expect([watch.failure?.timeout, watch.callFailure]).toEqual(['idleMs', undefined]);
  watch.endTry();
  watch.over({ cancel: () => cancelled.push('second') });
  vi.advanceTimersByTime(60);
  expect([watch.failure, cancelled]).toEqual([undefined, ['first']]);
  vi.advanceTimersByTime(20);
  expect([watch.callFailure?.timeout, cancelled]).toEqual(['totalMs', ['first', 'second']]);
});

test('what ends the call ends all further tries', () => {
  const watch = new Watch(limits);
  watch.end(abortedError('enough'));
  watch.endTry();
  const cancelled: string[] = [];
  watch.over({ cancel: ({ kind }) => cancelled.push(kind) });
  expect([watch.failure?.kind, cancelled]).toEqual(['aborted', ['aborted']]);
});

test.each([
  ['firstEventMs', true],
  ['totalMs', true],
  ['connectMs', false],
  ['idleMs', false],
] as const)('the hint of %s speaks of streaming: %s', (limit, speaks) => {
  const { hint = '' } = timeoutError(limit, 5);
  expect(hint).toContain(`timeouts.${limit}`);
  expect(/a stream shows/.test(hint)).toBe(speaks);
});

test('only the last is cancelled, and once', () => {
  const watch = new Watch(limits);
  const cancelled: string[] = [];
  watch.over({ cancel: () => cancelled.push('replaced') });
  watch.over({ cancel: () => cancelled.push('last') });
  watch.end(abortedError('enough'));
  watch.end(abortedError('again'));
  expect([cancelled, watch.failure?.cause]).toEqual([['last'], 'enough']);
});
