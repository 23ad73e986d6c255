import type { CatalogEntry } from '../model-facts.ts';
import { nativeReference, qwen3MaxRecordings, recordings } from './sources.ts';

export const toolEntries: readonly CatalogEntry[] = [
  { models: 'qwen3-max', facts: { tools: true }, source: qwen3MaxRecordings },
  { models: 'qwen-max', facts: { tools: true }, source: recordings },
  {
    models: 'qwen-vl-max',
    facts: { tools: true },
    source: {
      source: 'https://github.com/spring-ai-alibaba/spring-ai-extensions/issues/83',
      retrievedOn: '2026-11-22',
    },
  },
  { models: /^qwen-audio/, facts: { tools: false }, source: nativeReference },
];
