import { expect, test, vi } from 'vitest';
import { readRetryAfterMs } from './retry-after.ts';

test.each([
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '-3' }, 0],
  [{ 'retry-after-ms': 'soon', 'retry-after': '1' }, 1000],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{ 'retry-after': 'Infinity' }, undefined],
  [{}, undefined],
])('reads %j as %s ms', (headers, ms) => {
  expect(readRetryAfterMs(new Headers(headers))).toBe(ms);
});

test('counts from now to a date, and not below nothing', () => {
  vi.useFakeTimers({ now: Date.parse('Sun, 22 Nov 2026 10:00:00 GMT') });
  try {
    expect(readRetryAfterMs(new Headers({ 'retry-after': 'Sun, 22 Nov 2026 10:00:07 GMT' }))).toBe(7000);
    expect(readRetryAfterMs(new Headers({ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }))).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
