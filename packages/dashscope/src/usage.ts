import type { Usage } from '@qwire/core';
import { asNumber, asRecord, asText } from '@qwire/core/adapter-kit';

type Counts = Omit<Usage, 'inputTokens' | 'outputTokens' | 'totalTokens' | 'cacheType'>;

/** Where each count may stand, the first that is there holds: the way to its object, `''` for the top, then the member. */
const detailCounts = [
  ['cachedInputTokens', 'prompt_tokens_details', 'cached_tokens'],
  ['cachedInputTokens', '', 'cached_tokens'],
  ['cacheCreationInputTokens', 'prompt_tokens_details', 'cache_creation_input_tokens'],
  ['cacheCreation5mInputTokens', 'prompt_tokens_details.cache_creation', 'ephemeral_5m_input_tokens'],
  ['cacheCreation1hInputTokens', 'prompt_tokens_details.cache_creation', 'ephemeral_1h_input_tokens'],
  ['reasoningTokens', 'output_tokens_details', 'reasoning_tokens'],
  ['inputTextTokens', 'input_tokens_details', 'text_tokens'],
  ['inputImageTokens', 'input_tokens_details', 'image_tokens'],
  ['inputImageTokens', '', 'image_tokens'],
  ['inputVideoTokens', 'input_tokens_details', 'video_tokens'],
  ['inputVideoTokens', '', 'video_tokens'],
  ['inputAudioTokens', 'input_tokens_details', 'audio_tokens'],
  ['inputAudioTokens', '', 'audio_tokens'],
  ['outputTextTokens', 'output_tokens_details', 'text_tokens'],
  ['outputAudioTokens', 'output_tokens_details', 'audio_tokens'],
  ['webSearches', 'plugins.search', 'count'],
  ['imageSearches', 'plugins.image_search', 'count'],
  ['codeInterpreterRuns', 'plugins.code_interpreter', 'count'],
] as const satisfies readonly (readonly [keyof Counts, string, string])[];

/** Token counts as the service reported them. Older models leave out the total, which is then the sum. */
export function readUsage(value: unknown): Usage {
  const usage = asRecord(value);
  const details: { -readonly [name in keyof Counts]: number } = {};
  for (const [name, group, member] of detailCounts) {
    const count = asNumber(follow(usage, group)[member]);
    if (count !== undefined) details[name] ??= count;
  }
  const inputTokens = asNumber(usage.input_tokens);
  const outputTokens = asNumber(usage.output_tokens);
  const sum =
    inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
  return {
    inputTokens,
    outputTokens,
    totalTokens: asNumber(usage.total_tokens) ?? sum,
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

/** Some frames carry an empty count, which says nothing. */
export function reportsUsage(value: unknown): boolean {
  return Object.keys(asRecord(value)).length > 0;
}
