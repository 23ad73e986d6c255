import { expect, test } from 'vitest';
import { QwireError, type QwireErrorOptions } from '../qwire-error.ts';
import { retryDelayMs } from './retry.ts';

function delay(options: QwireErrorOptions, tries: number, random = 1): number | undefined {
  return retryDelayMs(new QwireError('x', options), { tries, random: () => random });
}

test('waits double up to a ceiling, and half of each is random', () => {
  const options = { kind: 'unavailable', retryable: true } as const;
  expect([1, 2, 3, 4, 5, 6].map((tries) => delay(options, tries))).toEqual([
    500, 1000, 2000, 4000, 8000, 8000,
  ]);
  expect(delay(options, 1, 0)).toBe(250);
});

test('limits are waited out for longer', () => {
  const options = { kind: 'rate-limited', retryable: true } as const;
  expect([1, 2, 3, 4, 5].map((tries) => delay(options, tries))).toEqual([2000, 4000, 8000, 16000, 30000]);
});

test('what the service asks for is kept to, unless it is longer than a minute', () => {
  expect(delay({ kind: 'rate-limited', retryable: true, retryAfterMs: 7 }, 1)).toBe(7);
  expect(delay({ kind: 'rate-limited', retryable: true, retryAfterMs: 60_001 }, 1)).toBeUndefined();
});

test('an error that is not retryable is never repeated', () => {
  expect(delay({ kind: 'quota-exhausted', retryAfterMs: 1 }, 1)).toBeUndefined();
});
