import type { CatalogEntry } from '../model-facts.ts';
import { agentScope, nativeReference } from './sources.ts';

/** Newer families answer on the multimodal path, also those of their models that take text only. */
export const nativePathEntries: readonly CatalogEntry[] = [
  {
    // One client sends this snapshot to the text path, another to the multimodal one.
    models: 'qwen3.7-max-2026-06-08',
    facts: { nativePath: undefined },
    source: { ...agentScope, doubt: 'Clients disagree: the snapshot has learned to see, its alias has not.' },
  },
  { models: ['qwen3.6-max-preview', /^qwen3\.7-max/], facts: { nativePath: 'text' }, source: agentScope },
  {
    models: [/-(vl|ocr|asr|audio|omni|tts|image)/, /^qvq/, /^wan.*-image/, /^qwen3\.5/],
    facts: { nativePath: 'multimodal' },
    source: nativeReference,
  },
  {
    models: [/^qwen3\.[67]/, /^qwen3\.8-(max|flash|27b|2\.4t-a95b)$/, /kimi-k2\.[56]/],
    facts: { nativePath: 'multimodal' },
    source: agentScope,
  },
  {
    models: [/^qwen-(max|plus|turbo|flash|long|mt-|doc-turbo)/, /^qwen3-/, /^qwq/, /^deepseek-/, /^glm-/],
    facts: { nativePath: 'text' },
    source: nativeReference,
  },
];
