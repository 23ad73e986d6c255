import { expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { documented } from './refusal.ts';
import { sampleConfig } from './sample-config.ts';
import { sendCompatible, sendNative } from './test-calls.ts';
import { waitOutBursts } from './wait-out-bursts.ts';

const patient = { headers: { 'x-dashscope-wait-timeout': '30' } };
const { signal } = new AbortController();

function withLimit(limit: { readonly burst?: boolean; readonly windowMs?: number }) {
  const limits = [{ models: '*' as const, requests: 1, windowMs: 100, ...limit }];
  return createEmulator({
    region: 'singapore',
    workspaces: [{ id: 'llm-default', apiKeys: ['sk-default'], models: '*', limits }],
  });
}

test('a call that came in too fast is refused, or kept waiting when it asks for it', async () => {
  const emulator = withLimit({ burst: true });
  await sendCompatible(emulator, {});
  const refused = await sendCompatible(emulator, {});
  expect([refused.status, refused.json?.error]).toMatchObject([429, { code: 'limit_burst_rate' }]);
  expect((await sendCompatible(emulator, {}, patient)).status).toBe(200);
  expect((await sendNative(emulator, {}, patient)).status).toBe(200);
});

test('other limits are not waited out', async () => {
  const emulator = withLimit({ windowMs: 60_000 });
  await sendNative(emulator, {});
  const { status, json } = await sendNative(emulator, {}, patient);
  expect([status, json?.code]).toEqual([429, 'Throttling.RateQuota']);
});

test('a burst that a rule scripts is over when the rule is used up', async () => {
  const emulator = createEmulator({
    ...sampleConfig,
    replies: [{ error: 'burst-rate', times: 3 }, { text: 'a' }],
  });
  expect((await sendNative(emulator, {})).status).toBe(429);
  expect((await sendNative(emulator, {}, patient)).status).toBe(200);
  expect(emulator.usage()).toMatchObject([{ calls: 1, failedCalls: 1 }]);
});

test('patience has an end', async () => {
  let tries = 0;
  const attempt = () => {
    tries += 1;
    throw documented('burst-rate');
  };
  await expect(waitOutBursts(attempt, { waitMs: 30, signal })).rejects.toThrow(/increased too quickly/);
  expect(tries).toBeGreaterThan(1);
  tries = 0;
  await expect(waitOutBursts(attempt, { waitMs: 0, signal })).rejects.toThrow();
  expect(tries).toBe(1);
});

test('a caller that leaves is not waited for', async () => {
  const leaving = new AbortController();
  const attempt = () => {
    leaving.abort();
    throw documented('burst-rate');
  };
  const waiting = waitOutBursts(attempt, { waitMs: 30_000, signal: leaving.signal });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
