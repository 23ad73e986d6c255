import { expect, test } from 'vitest';
import type { Carrier } from './carrier.ts';
import { checkCarrier } from './check-carrier.ts';
import { startInterceptCarrier } from './intercept-carrier.ts';
import { startLoopbackCarrier } from './loopback-carrier.ts';

async function problemsOf(carrier: Carrier): Promise<string[]> {
  try {
    return await checkCarrier(carrier);
  } finally {
    await carrier.stop();
  }
}

test('interception shows a client what a case says', async () => {
  expect(await problemsOf(startInterceptCarrier())).toEqual([]);
});

test('the loopback server shows a client what a case says', async () => {
  expect(await problemsOf(await startLoopbackCarrier())).toEqual([]);
});
