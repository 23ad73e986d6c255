import type { Usage } from '@qwire/core';
import { asNumber, asRecord, asText, numbersOf } from '@qwire/core/adapter-kit';

/**
 * Token counts as the service reported them; some stand in one of two places. Older models leave out the total, which is
 * then the sum.
 */
export function readUsage(value: unknown): Usage {
  const usage = asRecord(value);
  const prompt = asRecord(usage.prompt_tokens_details);
  const created = asRecord(prompt.cache_creation);
  const input = asRecord(usage.input_tokens_details);
  const output = asRecord(usage.output_tokens_details);
  const plugins = asRecord(usage.plugins);
  const cacheType = asText(prompt.cache_type);
  const inputTokens = asNumber(usage.input_tokens);
  const outputTokens = asNumber(usage.output_tokens);
  const sum =
    inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
  return {
    inputTokens,
    outputTokens,
    totalTokens: asNumber(usage.total_tokens) ?? sum,
    ...numbersOf({
      cachedInputTokens: asNumber(prompt.cached_tokens) ?? usage.cached_tokens,
      cacheCreationInputTokens: prompt.cache_creation_input_tokens,
      cacheCreation5mInputTokens: created.ephemeral_5m_input_tokens,
      cacheCreation1hInputTokens: created.ephemeral_1h_input_tokens,
      reasoningTokens: output.reasoning_tokens,
      inputTextTokens: input.text_tokens,
      inputImageTokens: asNumber(input.image_tokens) ?? usage.image_tokens,
      inputVideoTokens: asNumber(input.video_tokens) ?? usage.video_tokens,
      inputAudioTokens: asNumber(input.audio_tokens) ?? usage.audio_tokens,
      outputTextTokens: output.text_tokens,
      outputAudioTokens: output.audio_tokens,
      webSearches: asRecord(plugins.search).count,
      imageSearches: asRecord(plugins.image_search).count,
      codeInterpreterRuns: asRecord(plugins.code_interpreter).count,
    }),
    ...(cacheType ? { cacheType } : {}),
  };
}

/** Some frames carry an empty count, which says nothing. */
export function reportsUsage(value: unknown): boolean {
  // Frame after frame: a list of the names would be made for each.
  for (const _ in asRecord(value)) return true;
  return false;
}
