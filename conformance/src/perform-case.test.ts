import { type Capabilities, capabilityKeys } from '@qwire/core';
import { expect, test } from 'vitest';
import { sampleCase } from '../self-check/sample-case.ts';
import type { ClientDriver } from './driver.ts';
import { judge } from './judge.ts';
import { startLoopbackCarrier } from './loopback-carrier.ts';
import type { Outcome } from './outcome.ts';
import { performCase } from './perform-case.ts';

const supports = Object.fromEntries(capabilityKeys.map((key) => [key, true])) as unknown as Capabilities;
const completed: Outcome = { ended: 'completed', response: { text: 'Hello', warnings: [] } };

async function observe(perform: ClientDriver['perform'], timeLimitMs = 5000) {
  const driver: ClientDriver = {
    name: 'client',
    version: '1',
    wireFormat: 'openai-compatible',
    supports,
    perform,
  };
  const carrier = await startLoopbackCarrier();
  try {
    const observation = await performCase(sampleCase(), { driver, carrier, timeLimitMs });
    const { verdict } = judge(sampleCase(), observation, { driver, deviation: undefined });
    return { ...observation, verdict };
  } finally {
    await carrier.stop();
  }
}

function listeners(): unknown[] {
  return [...process.rawListeners('unhandledRejection'), ...process.rawListeners('uncaughtException')];
}

test('a promise that is rejected unheard is a crash, though the call itself completes', async () => {
  const { outcome, verdict } = await observe(async () => {
    void Promise.reject(new TypeError('left alone'));
    return completed;
  });
  expect(outcome).toMatchObject({
    ended: 'failed',
    error: { kind: 'crash', message: 'unhandled rejection: TypeError: left alone' },
  });
  expect(outcome?.error?.rendered).toContain('left alone');
  expect(verdict).toBe('fail');
});

test('a promise that is rejected unheard ends the wait for a call that hangs', async () => {
  const { outcome } = await observe(() => {
    void Promise.reject(new Error('left alone'));
    return new Promise(() => {});
  }, 60_000);
  expect(outcome?.error?.kind).toBe('crash');
});

test('an error thrown where no caller is, is a crash', async () => {
  const { outcome } = await observe(() => {
    setImmediate(() => {
      throw new RangeError('out of nowhere');
    });
    return new Promise(() => {});
  });
  expect(outcome?.error?.message).toBe('uncaught exception: RangeError: out of nowhere');
});

test('a client that hangs has no outcome, and fails', async () => {
  const { outcome, verdict } = await observe(() => new Promise(() => {}), 20);
  expect(outcome).toBeUndefined();
  expect(verdict).toBe('fail');
});

test('the listeners of the process are the same after a case', async () => {
  const before = listeners();
  let meanwhile: unknown[] = [];
  await observe(async () => {
    meanwhile = listeners();
    return completed;
  });
  expect(listeners()).toEqual(before);
  expect(meanwhile.some((listener) => before.includes(listener))).toBe(false);
});
