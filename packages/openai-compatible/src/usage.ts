import type { Usage } from '@qwire/core';
import { asNumber, asRecord, asText, numbersOf } from '@qwire/core/adapter-kit';

/** Token counts as the service reported them; what it left out stays out. */
export function readUsage(value: unknown): Usage {
  const usage = asRecord(value);
  const input = asRecord(usage.prompt_tokens_details);
  const created = asRecord(input.cache_creation);
  const output = asRecord(usage.completion_tokens_details);
  const cacheType = asText(input.cache_type);
  return {
    inputTokens: asNumber(usage.prompt_tokens),
    outputTokens: asNumber(usage.completion_tokens),
    totalTokens: asNumber(usage.total_tokens),
    ...numbersOf({
      cachedInputTokens: input.cached_tokens,
      cacheCreationInputTokens: input.cache_creation_input_tokens,
      cacheCreation5mInputTokens: created.ephemeral_5m_input_tokens,
      cacheCreation1hInputTokens: created.ephemeral_1h_input_tokens,
      reasoningTokens: output.reasoning_tokens,
      inputTextTokens: input.text_tokens,
      inputImageTokens: input.image_tokens,
      inputVideoTokens: input.video_tokens,
      inputAudioTokens: input.audio_tokens,
      outputTextTokens: output.text_tokens,
      outputAudioTokens: output.audio_tokens,
    }),
    ...(cacheType ? { cacheType } : {}),
  };
}

/** Null and empty counts say nothing. */
export function reportsUsage(value: unknown): boolean {
  // Frame after frame: a list of the names would be made for each.
  for (const _ in asRecord(value)) return true;
  return false;
}
