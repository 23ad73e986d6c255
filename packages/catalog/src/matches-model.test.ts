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
