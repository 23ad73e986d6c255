import { expect, test } from 'vitest';
import { linearFit } from './linear-fit.ts';

test('finds a line that is there', () => {
  expect(linearFit([5, 7, 9, 11])).toEqual({ slope: 2, error: 0 });
});

test('is unsure of a line through noise', () => {
  const { slope, error } = linearFit([10, 12, 9, 11, 10, 12, 9, 11]);
  expect(Math.abs(slope)).toBeLessThan(error * 2);
});

test('knows nothing from two values', () => {
  expect(linearFit([1, 2])).toEqual({ slope: 1, error: Number.POSITIVE_INFINITY });
});
