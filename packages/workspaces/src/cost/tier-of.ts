import type { Tier } from './price-table.ts';

/**
 * The one tier whose rates hold for all tokens of a request with so much input, the bound itself included.
 *
 * @see https://help.aliyun.com/zh/model-studio/model-pricing
 */
export function tierOf(tiers: readonly Tier[], inputTokens: number): Tier | undefined {
  return tiers.find(({ upTo }) => upTo === undefined || inputTokens <= upTo);
}

/** Why the tier may be the next one: the bound can be read in two ways, and the request lies between. */
export function tierDoubt(tiers: readonly Tier[], tier: Tier, inputTokens: number): string | undefined {
  const { upTo, doubtfulAbove } = tier;
  if (doubtfulAbove === undefined || inputTokens <= doubtfulAbove || tier === tiers.at(-1)) return undefined;
  return `Priced as a request of at most ${upTo} input tokens; if the page's K means 1,000, that ends at ${doubtfulAbove}.`;
}

/** The tiers that requests of at most so much input may fall into, in either reading of the bounds. */
export function tiersWithin(tiers: readonly Tier[], maxInputTokens: number): readonly Tier[] {
  return tiers.filter((_, index) => {
    const before = tiers[index - 1];
    const start = before?.doubtfulAbove ?? before?.upTo ?? -1;
    return start < maxInputTokens;
  });
}
