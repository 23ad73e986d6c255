import type { Usage } from '@qwire/core';

/** All tokens of a call, which is what limits count; `undefined` when they were not reported. No count is below 0. */
export function tokensOf({
  totalTokens = -1,
  inputTokens = -1,
  outputTokens = -1,
}: Usage): number | undefined {
  if (totalTokens >= 0) return totalTokens;
  return inputTokens >= 0 && outputTokens >= 0 ? inputTokens + outputTokens : undefined;
}
