import type { ChatCall } from '../chat-call.ts';
import type { TokenUsage } from '../emulator.ts';

/** `usage` of a reply and of a stream's last chunk; details only where the service gives them. */
export function writeUsage(usage: TokenUsage, { model }: ChatCall): unknown {
  const sees = model.media.length > 0;
  const textTokens = usage.inputTokens - usage.imageTokens;
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
    ...((usage.reasoningTokens > 0 || sees) && {
      completion_tokens_details: {
        ...(usage.reasoningTokens > 0 && { reasoning_tokens: usage.reasoningTokens }),
        ...(sees && { text_tokens: usage.outputTokens }),
      },
    }),
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      ...(usage.cacheCreationInputTokens > 0 && {
        cache_creation_input_tokens: usage.cacheCreationInputTokens,
        cache_creation: { ephemeral_5m_input_tokens: usage.cacheCreationInputTokens },
        cache_type: 'ephemeral',
      }),
      ...(sees && { text_tokens: textTokens, image_tokens: usage.imageTokens }),
    },
  };
}
