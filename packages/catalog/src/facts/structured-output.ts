import type { CatalogEntry, FactSource } from '../model-facts.ts';
import { compatibleReference } from './sources.ts';

/** Pages of different dates name different models; this is the longest list. */
const schemaList: FactSource = {
  ...compatibleReference,
  documentUpdatedOn: '2026-02',
  doubt: 'A page of November 2025 names some qwen-plus only, one of March 2026 names JSON mode alone.',
};

const jsonSchema: readonly CatalogEntry[] = [
  {
    // Snapshots from before the mode: 2025-09-23 for qwen3-max, 2025-07-28 for qwen-plus.
    models: [
      /^qwen3-max-2025-(0[1-8]|09-([01]|2[0-2]))/,
      /^qwen-plus-(2024|2025-0[1-6]|2025-07-([01]|2[0-7]))/,
    ],
    facts: { jsonSchema: false },
    source: schemaList,
  },
  {
    models: [/^qwen3-max(-20\d\d-|$)/, /^qwen-(plus|flash)(-20\d\d-|$)/, 'deepseek-v3.2'],
    facts: { jsonSchema: true },
    source: schemaList,
  },
  {
    models: 'qwen3.8-max',
    facts: { jsonSchema: true },
    source: { ...compatibleReference, doubt: 'Said by a library of another party, by no page.' },
  },
  {
    models: [
      'qwen-max',
      'qwen-turbo',
      'qwen-long',
      /^qwen3-coder-(plus|flash)$/,
      /^qwen3-vl-(plus|flash)$/,
      /^qwen-vl-(max|plus)$/,
    ],
    facts: { jsonSchema: false },
    source: { ...schemaList, doubt: 'Older than the list of models that have the mode, and not on it.' },
  },
];

const jsonMode: readonly CatalogEntry[] = [
  {
    models: [
      /^qwen-(max|plus|flash|turbo|long)$/,
      /^qwen3(\.\d)?-(max|plus|flash)$/,
      /^qwen3-(coder|vl)-(plus|flash)$/,
      /^qwen-vl-(max|plus)$/,
    ],
    facts: { jsonMode: true },
    source: { ...compatibleReference, doubt: 'Said of nearly all commercial Qwen models.' },
  },
];

export const structuredOutputEntries: readonly CatalogEntry[] = [...jsonSchema, ...jsonMode];
