import type { Usage } from '@qwire/core';

/** All tokens of a call, which is what limits count; `undefined` when they were not reported. */
export function tokensOf({ totalTokens, inputTokens, outputTokens }: Usage): number | undefined {
  if (totalTokens !== undefined) return totalTokens;
  return inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens;
}
