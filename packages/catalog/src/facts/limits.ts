import type { CatalogEntry } from '../model-facts.ts';
import { modelMetadata } from './sources.ts';

// Of these very ids: snapshots and regional variants have limits of their own.
const limits: readonly (readonly [id: string, context: number, input: number, output: number])[] = [
  ['qwen3.7-max', 1_000_000, 991_808, 65_536],
  ['qwen3.6-max-preview', 262_144, 245_760, 65_536],
  ['qwen3-max', 262_144, 258_048, 65_536],
  ['qwen-max', 32_768, 30_720, 8_192],
  ['qwen3.6-plus', 1_000_000, 991_808, 65_536],
  ['qwen3.5-plus', 1_000_000, 991_808, 65_536],
  ['qwen-plus', 1_000_000, 997_952, 32_768],
  ['qwen3.6-flash', 1_000_000, 991_808, 65_536],
  ['qwen3.5-flash', 1_000_000, 991_808, 65_536],
  ['qwen-flash', 1_000_000, 997_952, 32_768],
  ['qwen-turbo', 131_072, 98_304, 16_384],
  ['qwen-long', 10_000_000, 10_000_000, 8_192],
  ['qwq-plus', 131_072, 98_304, 8_192],
  ['qwen3-coder-plus', 1_000_000, 997_952, 65_536],
  ['qwen3-coder-flash', 1_000_000, 997_952, 65_536],
  ['qwen3-vl-plus', 262_144, 260_096, 32_768],
  ['qwen3-vl-flash', 262_144, 260_096, 32_768],
  ['qwen-vl-max', 131_072, 129_024, 8_192],
  ['qwen-vl-plus', 131_072, 129_024, 8_192],
  ['qwen-vl-ocr', 38_192, 30_000, 8_192],
  ['qwen-mt-plus', 16_384, 8_192, 8_192],
  ['qwen-mt-flash', 16_384, 8_192, 8_192],
  ['qwen-mt-lite', 16_384, 8_192, 8_192],
  ['qwen3-32b', 131_072, 98_304, 8_192],
  ['qwen3-235b-a22b', 131_072, 129_024, 16_384],
  ['qwen3-next-80b-a3b-instruct', 131_072, 129_024, 32_768],
  ['deepseek-v3.2', 131_072, 98_304, 65_536],
  ['deepseek-v4-pro', 1_000_000, 1_000_000, 393_216],
  ['kimi-k2.5', 262_144, 229_376, 16_384],
  ['glm-5', 202_752, 169_984, 16_384],
];

export const limitEntries: readonly CatalogEntry[] = limits.map(
  ([models, contextTokens, maxInputTokens, maxOutputTokens]) => ({
    models,
    facts: { contextTokens, maxInputTokens, maxOutputTokens },
    source: modelMetadata,
  }),
);
