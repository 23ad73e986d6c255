import type { ChatCall } from '../chat-call.ts';
import type { TokenUsage } from '../emulator.ts';
import type { PlannedReply } from '../plan-reply.ts';

/** `usage` of a reply and of every frame; details only where the service gives them. */
export function writeUsage(
  usage: TokenUsage,
  { model, search }: ChatCall,
  { sources }: PlannedReply,
): unknown {
  const sees = model.media.length > 0;
  const { reasoningTokens } = usage;
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
    ...(sees && {
      image_tokens: usage.imageTokens,
      input_tokens_details: {
        text_tokens: usage.inputTokens - usage.imageTokens,
        image_tokens: usage.imageTokens,
      },
    }),
    ...((reasoningTokens > 0 || sees) && {
      output_tokens_details: {
        ...(reasoningTokens > 0 && { reasoning_tokens: reasoningTokens }),
        ...(sees && { text_tokens: usage.outputTokens - reasoningTokens }),
      },
    }),
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      ...(usage.cacheCreationInputTokens > 0 && {
        cache_creation_input_tokens: usage.cacheCreationInputTokens,
        cache_creation: { ephemeral_5m_input_tokens: usage.cacheCreationInputTokens },
        cache_type: 'ephemeral',
      }),
    },
    ...(search && sources.length > 0 && { plugins: { search: { count: 1, strategy: 'turbo' } } }),
  };
}
