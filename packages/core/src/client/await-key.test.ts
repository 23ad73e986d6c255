import { expect, test, vi } from 'vitest';
import { awaitKey } from './await-key.ts';
import { Secret } from './secret.ts';
import { abortedError, Watch } from './watch.ts';

const limits = { connectMs: 60_000, firstEventMs: 60_000, idleMs: 60_000, totalMs: Number.POSITIVE_INFINITY };
const hanging = { read: () => new Promise<Secret>(() => {}) };

test('a key is waited for as long as a connection may take', async () => {
  vi.useFakeTimers();
  try {
    const key = awaitKey(hanging, new Watch(limits), 60_000);
    const outcome = expect(key).rejects.toMatchObject({
      kind: 'configuration',
      field: 'apiKey',
      message: 'apiKey: the function that returns the key gave none within 60000 ms',
    });
    await vi.advanceTimersByTimeAsync(60_000);
    await outcome;
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('whoever ends the call waits for no key, and no timer is left', async () => {
  vi.useFakeTimers();
  try {
    const controller = new AbortController();
    const watch = new Watch(limits, controller.signal);
    const key = awaitKey(hanging, watch, 60_000);
    controller.abort(new Error('enough'));
    await expect(key).rejects.toMatchObject({ kind: 'aborted', cause: { message: 'enough' } });
    expect(() => awaitKey(hanging, watch, 60_000)).toThrow(expect.objectContaining({ kind: 'aborted' }));
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a key that comes is given, whatever the limit', async () => {
  const keys = { read: async () => new Secret('sk-0123456789') };
  const given = await awaitKey(keys, new Watch(limits), Number.POSITIVE_INFINITY);
  expect(given.reveal()).toBe('sk-0123456789');
});

test('a key that is there is given without waiting, and sets no timer', () => {
  vi.useFakeTimers();
  try {
    const key = new Secret('sk-0123456789');
    expect(awaitKey({ read: () => key }, new Watch(limits), 60_000)).toBe(key);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('what is watched over once the key is there stays watched over', async () => {
  const watch = new Watch(limits);
  const cancel = vi.fn();
  await awaitKey({ read: async () => new Secret('sk-0123456789') }, watch, 60_000);
  watch.over({ cancel });
  await new Promise((resolve) => setTimeout(resolve));
  watch.end(abortedError('enough'));
  expect(cancel).toHaveBeenCalledOnce();
});
