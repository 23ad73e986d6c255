import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { listenForStop } from './stop-signals.ts';

function setUp() {
  const source = new EventEmitter();
  const calls: string[] = [];
  let nowMs = 0;
  const signal = listenForStop(source, {
    onFirst: () => calls.push('first'),
    onSecond: () => calls.push('second'),
    now: () => nowMs,
  });
  const press = (name: string, atMs: number) => {
    nowMs = atMs;
    source.emit(name);
  };
  return { signal, calls, press };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s stops', (name) => {
  const { signal, calls, press } = setUp();
  press(name, 0);
  expect(signal.aborted).toBe(true);
  expect(calls).toEqual(['first']);
});

test('one key press that arrives several times stops once', () => {
  const { calls, press } = setUp();
  for (const atMs of [0, 1, 20]) press('SIGINT', atMs);
  expect(calls).toEqual(['first']);
});

test('a second key press forces', () => {
  const { calls, press } = setUp();
  press('SIGINT', 0);
  press('SIGINT', 900);
  expect(calls).toEqual(['first', 'second']);
});
