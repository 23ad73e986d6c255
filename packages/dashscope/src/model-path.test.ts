import { expect, test } from 'vitest';
import { modelPath } from './model-path.ts';

test.each([
  ['qwen-plus', 'text'],
  ['qwen-max', 'text'],
  ['qwen3-max', 'text'],
  ['qwq-plus', 'text'],
  ['qwen-mt-plus', 'text'],
  ['deepseek-v3.2', 'text'],
  ['glm-5', 'text'],
  ['qwen3.6-max-preview', 'text'],
  ['qwen3.7-max', 'text'],
  ['qwen-vl-max', 'multimodal'],
  ['qwen3-vl-plus', 'multimodal'],
  ['qwen-vl-ocr', 'multimodal'],
  ['qvq-max', 'multimodal'],
  ['qwen3.5-plus', 'multimodal'],
  ['qwen3.6-plus', 'multimodal'],
  ['qwen3.7-plus', 'multimodal'],
  ['qwen3.8-max', 'multimodal'],
  ['qwen3-omni-flash', 'multimodal'],
  ['kimi-k2.5', 'multimodal'],
] as const)('%s is served on the %s path', (model, path) => {
  expect(modelPath(model, new Map())).toBe(path);
});

test('a path that is set by hand wins', () => {
  expect(modelPath('qwen-plus', new Map([['qwen-plus', 'multimodal']]))).toBe('multimodal');
});
