import { expect, test } from 'vitest';
import { catalog } from './create-catalog.ts';

/** Ids and paths as the service serves them; each line of the documented rules is here. */
const paths = [
  ['qwen3-vl-plus', 'multimodal'],
  ['qwen-vl-ocr', 'multimodal'],
  ['qwen3-asr-flash', 'multimodal'],
  ['qwen-audio-turbo', 'multimodal'],
  ['qwen3-omni-flash', 'multimodal'],
  ['qwen-tts', 'multimodal'],
  ['qwen-image', 'multimodal'],
  ['qvq-max', 'multimodal'],
  ['wan2.6-image', 'multimodal'],
  ['qwen3.5-plus', 'multimodal'],
  ['qwen3.5-397b-a17b', 'multimodal'],
  ['qwen3.6-plus', 'multimodal'],
  ['qwen3.6-max-preview', 'text'],
  ['qwen3.7-plus', 'multimodal'],
  ['qwen3.7-max', 'text'],
  ['qwen3.7-max-2026-06-08', undefined],
  ['qwen3.8-max', 'multimodal'],
  ['qwen3.8-flash', 'multimodal'],
  ['qwen3.8-27b', 'multimodal'],
  ['qwen3.8-2.4t-a95b', 'multimodal'],
  ['kimi-k2.5', 'multimodal'],
  ['Moonshot/kimi-k2.6', 'multimodal'],
  ['qwen-max', 'text'],
  ['qwen-plus-us', 'text'],
  ['qwen-turbo', 'text'],
  ['qwen-flash', 'text'],
  ['qwen-long', 'text'],
  ['qwen3-max', 'text'],
  ['qwen3-32b', 'text'],
  ['qwen3-coder-plus', 'text'],
  ['qwq-plus', 'text'],
  ['qwen-mt-plus', 'text'],
  ['qwen-doc-turbo', 'text'],
  ['deepseek-v3.2', 'text'],
  ['glm-5', 'text'],
  ['qwen9-plus', undefined],
] as const;

test.each(paths)('%s is served on the native path: %s', (id, path) => {
  expect(catalog.findModel(id)?.facts.nativePath).toBe(path);
});

test('the case of an id makes no difference', () => {
  expect(catalog.findModel('Qwen3-VL-Plus')?.facts.nativePath).toBe('multimodal');
});
