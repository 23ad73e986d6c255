import { expect, test } from 'vitest';
import { knownModels, matchesModel, mergeModels } from './models.ts';

test('a star stands for any characters, and everything else for itself', () => {
  expect(matchesModel(['qwen3-vl-*'], 'qwen3-vl-plus')).toBe(true);
  expect(matchesModel(['qwen3-vl-*'], 'qwen3-max')).toBe(false);
  expect(matchesModel(['qwen3.5-plus'], 'qwen3x5-plus')).toBe(false);
  expect(matchesModel(['qwen-plus'], 'qwen-plus-us')).toBe(false);
  expect(matchesModel('*', 'anything')).toBe(true);
});

test('a configured model changes the known one of the same id and keeps the rest of it', () => {
  const model = mergeModels([{ id: 'qwen3-vl-plus', maxInput: 10 }]).get('qwen3-vl-plus');
  expect(model).toMatchObject({ maxInput: 10, path: 'multimodal', media: ['image', 'video'] });
});

test('a trait that is undefined changes nothing', () => {
  expect(mergeModels([{ id: 'qwen-plus', maxInput: undefined }]).get('qwen-plus')?.maxInput).toBe(997_952);
});

test('a configured model with a new id is a text model unless it says more', () => {
  expect(mergeModels([{ id: 'tuned' }]).get('tuned')).toMatchObject({ path: 'text', thinking: 'never' });
});

test('no model is listed twice', () => {
  expect(new Set(knownModels.map(({ id }) => id)).size).toBe(knownModels.length);
});
