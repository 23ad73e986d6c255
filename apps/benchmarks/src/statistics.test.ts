import { expect, test } from 'vitest';
import { exponentOf, noiseOf, ratiosOf, spreadOf } from './statistics.ts';

test('the median of an odd number of figures is the one in the middle', () => {
  expect(spreadOf([10, 2, 9])).toEqual({ min: 2, median: 9, max: 10 });
});

test('the median of an even number of figures lies between the two in the middle', () => {
  expect(spreadOf([4, 1, 2, 100])).toEqual({ min: 1, median: 3, max: 100 });
});

test('no figures have no spread', () => {
  expect(() => spreadOf([])).toThrow(RangeError);
});

test('a ratio is taken within its round', () => {
  expect(ratiosOf([2, 30], [1, 10])).toEqual([2, 3]);
});

test('a round without a floor has no ratio', () => {
  expect(ratiosOf([2, 30], [1])).toEqual([2]);
  expect(ratiosOf([2], [0])).toEqual([]);
});

test('what doubles with the size grows with the first power of it', () => {
  expect(
    exponentOf([
      [10, 5],
      [100, 50],
      [1000, 500],
    ]),
  ).toBeCloseTo(1);
  expect(
    exponentOf([
      [10, 1],
      [100, 100],
    ]),
  ).toBeCloseTo(2);
  expect(() => exponentOf([[1, 1]])).toThrow(RangeError);
});

test('noise is half of the range beside the median', () => {
  expect(noiseOf({ min: 9, median: 10, max: 13 })).toBe(0.2);
});
