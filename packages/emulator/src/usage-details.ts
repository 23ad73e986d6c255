import type { ChatCall } from './chat-call.ts';
import type { TokenUsage } from './emulator.ts';

/** Whether the model's tokens are told apart by what they stand for. */
export function countsMedia({ model }: Pick<ChatCall, 'model'>): boolean {
  return model.media.some((medium) => medium !== 'document');
}

/** What was read from the context cache and written into it, alike on both wires. */
export function writeCacheCounts(usage: TokenUsage, call: ChatCall): object {
  const { cacheCreation5mInputTokens: minutes, cacheCreation1hInputTokens: hour } = usage;
  const created = usage.cacheCreationInputTokens;
  return {
    cached_tokens: usage.cachedInputTokens,
    ...(created > 0 && {
      cache_creation_input_tokens: created,
      cache_creation: {
        ...((minutes > 0 || hour === 0) && { ephemeral_5m_input_tokens: minutes }),
        ...(hour > 0 && { ephemeral_1h_input_tokens: hour }),
      },
    }),
    ...((created > 0 || marksCache(call)) && { cache_type: 'ephemeral' }),
  };
}

/** Whether the request sets cache markers, whose prices differ. */
export function marksCache({ messages }: Pick<ChatCall, 'messages'>): boolean {
  return messages.some(
    ({ content }) => typeof content === 'object' && content.some(({ cache }) => cache !== undefined),
  );
}
