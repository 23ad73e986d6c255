import { expect, test } from 'vitest';
import type { Capabilities } from '../capability.ts';
import type { CallOptions, FailedTry } from '../client.ts';
import { QwireError } from '../qwire-error.ts';
import type { WireFormat } from '../wire-format.ts';
import { createClient } from './create-client.ts';

const wire = {
  name: 'toy',
  root: '/toy',
  baseURLVariable: 'TOY_BASE_URL',
  capabilities: {} as Capabilities,
  writeEmbed: () => ({ path: '/embed', headers: {}, body: {}, warnings: [] }),
  readError: ({ status }) =>
    new QwireError('busy', { kind: 'rate-limited', status, retryable: true, retryAfterMs: 1 }),
} satisfies Partial<WireFormat> as unknown as WireFormat;

/** What happens, in order, in a call that is refused at each try. */
async function refusedCall(options: CallOptions, beforeRetry: (failed: FailedTry) => void | Promise<void>) {
  const happened: unknown[] = [];
  const fetch = async () => {
    happened.push('try');
    return new Response('', { status: 429 });
  };
  const client = createClient(wire, { apiKey: 'sk-toy', region: 'singapore', fetch, maxRetries: 2 });
  const before = async (failed: FailedTry) => {
    happened.push(failed.tries);
    await beforeRetry(failed);
    happened.push('go');
  };
  const error = await client.embed({ model: 'm', input: 'x' }, { ...options, beforeRetry: before }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { happened, error };
}

test('each further try waits for beforeRetry, which is told why', async () => {
  const told: FailedTry[] = [];
  const { happened, error } = await refusedCall({}, async (failed) => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    told.push(failed);
  });
  expect(happened).toEqual(['try', 1, 'go', 'try', 2, 'go', 'try']);
  expect(told.map(({ error: { kind, status }, delayMs }) => ({ kind, status, delayMs }))).toEqual([
    { kind: 'rate-limited', status: 429, delayMs: 1 },
    { kind: 'rate-limited', status: 429, delayMs: 1 },
  ]);
  expect(error).toMatchObject({ kind: 'rate-limited' });
});

test('what beforeRetry throws ends the call', async () => {
  const own = new Error('enough');
  const { happened, error } = await refusedCall({}, () => {
    throw own;
  });
  expect(happened).toEqual(['try', 1]);
  expect(error).toBe(own);
});

test('beforeRetry learns that the call has ended meanwhile', async () => {
  const { happened, error } = await refusedCall(
    { timeouts: { totalMs: 20 } },
    ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  );
  expect(happened).toEqual(['try', 1, 'go']);
  expect(error).toMatchObject({ kind: 'timeout', timeout: 'totalMs' });
});

test('beforeRetry that is no function is refused', async () => {
  const client = createClient(wire, { apiKey: 'sk-toy', region: 'singapore' });
  const options = { beforeRetry: 'later' } as unknown as CallOptions;
  await expect(client.embed({ model: 'm', input: 'x' }, options)).rejects.toMatchObject({
    kind: 'configuration',
    field: 'beforeRetry',
  });
});
