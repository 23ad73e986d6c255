import { expect, test } from 'vitest';
import { matchesModel } from './matches-model.ts';

test('an id means exactly that model', () => {
  expect(matchesModel('qwen-plus', 'qwen-plus')).toBe(true);
  expect(matchesModel('qwen-plus', 'qwen-plus-latest')).toBe(false);
  expect(matchesModel('qwen3.5-plus', 'qwen3x5-plus')).toBe(false);
});

test('a star stands for any characters, also for none', () => {
  expect(matchesModel('qwq*', 'qwq-plus')).toBe(true);
  expect(matchesModel('*-vl-*', 'qwen3-vl-plus')).toBe(true);
  expect(matchesModel('qwq*', 'qwq')).toBe(true);
  expect(matchesModel('qwq*', 'my-qwq')).toBe(false);
});

test('a star stands for no line end, and what stands around it does not overlap', () => {
  expect(matchesModel('qwq*', 'qwq\nother')).toBe(false);
  expect(matchesModel('a*a', 'a')).toBe(false);
  expect(matchesModel('a*ab*b', 'ab-ab-b')).toBe(true);
  expect(matchesModel('a*ab*b', 'aab')).toBe(false);
});

test('many stars take no longer than one', () => {
  const begin = performance.now();
  expect(matchesModel('*a*a*a*a*b', 'a'.repeat(400))).toBe(false);
  expect(performance.now() - begin).toBeLessThan(100);
});

test('case makes no difference', () => {
  expect(matchesModel('qwen-plus', 'Qwen-Plus')).toBe(true);
  expect(matchesModel('QWQ*', 'qwq-plus')).toBe(true);
  expect(matchesModel(/^qwq/, 'QWQ-plus')).toBe(true);
});

test('one of several patterns is enough', () => {
  expect(matchesModel(['qvq*', /^qwq/], 'qwq-plus')).toBe(true);
  expect(matchesModel([], 'qwq-plus')).toBe(false);
});

test('a global expression matches each time', () => {
  const pattern = /qwq/g;
  expect([1, 2, 3].map(() => matchesModel(pattern, 'qwq-plus'))).toEqual([true, true, true]);
});
