import type { CatalogEntry } from '../model-facts.ts';
import { embeddingReference } from './sources.ts';

const upTo1024 = [1024, 768, 512, 256, 128, 64];

export const embeddingEntries: readonly CatalogEntry[] = [
  {
    models: 'text-embedding-v4',
    facts: {
      maxTexts: 10,
      maxTokensPerText: 8_192,
      dimensions: [2048, 1536, ...upTo1024],
      defaultDimensions: 1024,
    },
    source: embeddingReference,
  },
  {
    models: 'text-embedding-v3',
    facts: { maxTexts: 10, maxTokensPerText: 8_192, dimensions: upTo1024, defaultDimensions: 1024 },
    source: embeddingReference,
  },
  {
    models: 'text-embedding-v2',
    facts: { maxTexts: 25, maxTokensPerText: 2_048, dimensions: [1536], defaultDimensions: 1536 },
    source: embeddingReference,
  },
  // Only called similar to the second version, so its dimensions are left out.
  {
    models: 'text-embedding-v1',
    facts: { maxTexts: 25, maxTokensPerText: 2_048 },
    source: embeddingReference,
  },
];
