import type { Usage } from '@qwire/core';
import { asNumber, asRecord, asText } from '@qwire/core/adapter-kit';

type Counts = Omit<Usage, 'inputTokens' | 'outputTokens' | 'totalTokens' | 'cacheType'>;

/** Where each count stands: the way to its object, then the member. */
const detailCounts = [
  ['cachedInputTokens', 'prompt_tokens_details', 'cached_tokens'],
  ['cacheCreationInputTokens', 'prompt_tokens_details', 'cache_creation_input_tokens'],
  ['cacheCreation5mInputTokens', 'prompt_tokens_details.cache_creation', 'ephemeral_5m_input_tokens'],
  ['cacheCreation1hInputTokens', 'prompt_tokens_details.cache_creation', 'ephemeral_1h_input_tokens'],
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
    const count = asNumber(follow(usage, group)[member]);
    if (count !== undefined) details[name] = count;
  }
  return {
    inputTokens: asNumber(usage.prompt_tokens),
    outputTokens: asNumber(usage.completion_tokens),
    totalTokens: asNumber(usage.total_tokens),
    ...details,
    ...cacheType(usage),
  };
}

function follow(usage: Readonly<Record<string, unknown>>, way: string): Readonly<Record<string, unknown>> {
  return way === '' ? usage : way.split('.').reduce((at, member) => asRecord(at[member]), usage);
}

function cacheType(usage: Readonly<Record<string, unknown>>): Pick<Usage, 'cacheType'> {
  const type = asText(asRecord(usage.prompt_tokens_details).cache_type);
  return type ? { cacheType: type } : {};
}

/** Null and empty counts say nothing. */
export function reportsUsage(value: unknown): boolean {
  return Object.keys(asRecord(value)).length > 0;
}
