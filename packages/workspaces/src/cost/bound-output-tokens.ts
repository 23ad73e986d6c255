import type { ChatRequest } from '@qwire/core';
import type { TokenLimits } from './token-limits.ts';

const none = Number.POSITIVE_INFINITY;

/**
 * Output tokens of a request at most: of the answer, of thinking, and of all `n` answers. Where the request sets no limit
 * the model's holds, and with `extra`, which may set others unseen, that of the context. `undefined` when none is known.
 */
export function boundOutputTokens(request: ChatRequest, limits: TokenLimits = {}): number | undefined {
  const { maxTokens, maxCompletionTokens, extra = {} } = request;
  // A recorded call got one token more than its limit.
  const answer = maxTokens === undefined ? (limits.maxOutputTokens ?? none) : maxTokens + 1;
  const together = maxCompletionTokens === undefined ? none : maxCompletionTokens + 1;
  const asked = Math.min(answer + thinkingTokens(request, limits), together);
  const isOpen = Object.keys(extra).length > 0;
  const bound = Math.min(isOpen ? none : asked, limits.contextTokens ?? none);
  return bound === none ? undefined : bound * answersOf(request);
}

/** How many answers are asked for; `extra` wins over the request's own member. */
export function answersOf({ n = 1, extra }: ChatRequest): number {
  return typeof extra?.n === 'number' ? Math.max(1, extra.n) : n;
}

function thinkingTokens({ thinking }: ChatRequest, limits: TokenLimits): number {
  const never = limits.thinking === 'never';
  const unasked = thinking === undefined && limits.thinkingByDefault === false;
  const refused = thinking === false && limits.thinking !== 'always';
  if (never || unasked || refused) return 0;
  const budget = typeof thinking === 'object' ? thinking.budget : undefined;
  return budget ?? limits.maxThinkingTokens ?? none;
}
