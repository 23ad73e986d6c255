import { expect, test } from 'vitest';
import { toConsoleModels } from './offered-models.ts';

const models = [{ id: 'qwen-plus' }, { id: 'qwen3-vl-plus', images: true }, { id: 'qwen3.5-plus' }];

test('a model is granted by its name or by a pattern, and only as a whole', () => {
  const seen = toConsoleModels(models, { granted: ['qwen3-vl-*', 'plus', 'qwen3.5-plus'] });
  expect(seen.map(({ id, granted }) => [id, granted])).toEqual([
    ['qwen-plus', false],
    ['qwen3-vl-plus', true],
    ['qwen3.5-plus', true],
  ]);
});

test('a dot in a pattern stands for a dot', () => {
  expect(toConsoleModels([{ id: 'qwen3x5-plus' }], { granted: ['qwen3.5-plus'] })[0]?.granted).toBe(false);
});

test('nothing is said about grants where they are not known', () => {
  expect(toConsoleModels(models, { granted: undefined }).map(({ granted }) => granted)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
