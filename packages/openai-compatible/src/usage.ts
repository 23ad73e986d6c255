import type { Usage } from '@qwire/core';
import { asNumber, asRecord } from '@qwire/core/adapter-kit';

type Counts = Omit<Usage, 'inputTokens' | 'outputTokens' | 'totalTokens'>;

/** Where each count stands: the object, then the member. */
const detailCounts = [
  ['cachedInputTokens', 'prompt_tokens_details', 'cached_tokens'],
  ['cacheCreationInputTokens', 'prompt_tokens_details', 'cache_creation_input_tokens'],
  ['reasoningTokens', 'completion_tokens_details', 'reasoning_tokens'],
  ['inputTextTokens', 'prompt_tokens_details', 'text_tokens'],
  ['inputImageTokens', 'prompt_tokens_details', 'image_tokens'],
  ['inputVideoTokens', 'prompt_tokens_details', 'video_tokens'],
  ['inputAudioTokens', 'prompt_tokens_details', 'audio_tokens'],
  ['outputTextTokens', 'completion_tokens_details', 'text_tokens'],
  ['outputAudioTokens', 'completion_tokens_details', 'audio_tokens'],
] as const satisfies readonly (readonly [keyof Counts, string, string])[];

/** Token counts as the service reported them; what it left out stays out. */
export function readUsage(value: unknown): Usage {
  const usage = asRecord(value);
  const details: { -readonly [name in keyof Counts]: number } = {};
  for (const [name, group, member] of detailCounts) {
    const count = asNumber(asRecord(usage[group])[member]);
    if (count !== undefined) details[name] = count;
  }
  return {
    inputTokens: asNumber(usage.prompt_tokens),
    outputTokens: asNumber(usage.completion_tokens),
    totalTokens: asNumber(usage.total_tokens),
    ...details,
  };
}

/** Null and empty counts say nothing. */
export function reportsUsage(value: unknown): boolean {
  return Object.keys(asRecord(value)).length > 0;
}
