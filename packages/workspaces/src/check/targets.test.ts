import { expect, test } from 'vitest';
import { proofOf } from './prove.ts';
import { targetsOf } from './targets.ts';

function ids(models: readonly string[] | undefined, asked?: readonly string[], listed?: readonly string[]) {
  const targets = targetsOf(models ? { models } : {}, { models: asked, listed });
  return targets.map(({ model, problem }) => (problem ? `${model}: ${problem}` : model));
}

test('what is asked for is checked, once', () => {
  expect(ids(['qwen-plus'], ['qwen-max', 'qwen-plus', 'qwen-max'])).toEqual(['qwen-max', 'qwen-plus']);
});

test('else what is on the list, and one model of the samples where there is no list', () => {
  expect(ids(['qwen-plus', 'qwen-max'])).toEqual(['qwen-plus', 'qwen-max']);
  expect(ids(undefined)).toEqual(['qwen-plus']);
});

test('a pattern stands for the listed models that it fits', () => {
  const listed = ['qwen3-vl-plus', 'qwen-plus', 'qwen3-vl-flash', 'qwen3-vl-flash'];
  expect(ids(['qwen-plus', 'qwen3-vl-*'], undefined, listed)).toEqual([
    'qwen-plus',
    'qwen3-vl-plus',
    'qwen3-vl-flash',
  ]);
});

test('a pattern that nothing resolves is reported as it is', () => {
  expect(ids(['qwen3-vl-*'])).toEqual([expect.stringMatching(/^qwen3-vl-\*: Nothing says which models/)]);
  expect(ids(['qwen3-vl-*'], undefined, ['qwen-plus'])).toEqual([
    expect.stringMatching(/^qwen3-vl-\*: The service lists no model/),
  ]);
});

test.each([
  ['qwen-plus', 'chat'],
  ['qwq-plus', 'chat'],
  ['qwen3-vl-plus', 'chat'],
  ['qwen3.5-omni-flash', 'chat'],
  ['text-embedding-v4', 'embedding'],
  ['qwen-mt-plus', 'translation'],
  ['qwen-image', undefined],
  ['qwen3-rerank', undefined],
  ['wan2.5-t2v-preview', undefined],
  ['qwen3-tts-flash', undefined],
  ['qwen3-omni-flash-realtime', undefined],
])('%s is proven by %s', (model, proof) => {
  expect(proofOf(model)).toBe(proof);
});
