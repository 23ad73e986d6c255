import type { Region } from '@qwire/core';
import { documentedPriceBook, type PriceBook, type PriceQuery } from '../cost/create-price-book.ts';
import { sumMoney } from '../cost/money-arithmetic.ts';
import { isUnpriced } from '../cost/unpriced.ts';
import { worstCase } from '../cost/worst-case.ts';
import type { Money } from '../money.ts';
import { proofOf, proofTokens } from './prove.ts';

/** One call that would prove a right. */
export interface PlannedProof {
  readonly workspace: string;
  readonly model: string;
  readonly region: Region | undefined;
  /** What it costs at most, by the price list; `undefined` when no price is known. */
  readonly cost?: Money;
  /** Why there is no cost. */
  readonly unpriced?: string;
}

/** What a check is about to spend, and where it is about to send keys. */
export interface ProofPlan {
  readonly calls: readonly PlannedProof[];
  /** One sum for each currency. Calls without a price are in none of them. */
  readonly costs: readonly Money[];
  /** Models without a price. */
  readonly unpriced: readonly string[];
  /** Dates of the price tables that were applied. */
  readonly priceTables: readonly string[];
  /** Regions to which a key that is refused will be sent too; each is one more call for each such workspace. */
  readonly tryRegions: readonly Region[];
}

export function planProofs(
  calls: readonly Pick<PlannedProof, 'workspace' | 'model' | 'region'>[],
  {
    tryRegions,
    prices = documentedPriceBook,
  }: { readonly tryRegions: readonly Region[]; readonly prices: PriceBook | undefined },
): ProofPlan {
  const at = new Date().toISOString();
  const priced = calls.map((call) => ({ call, bound: boundOf({ ...call, at }, prices) }));
  const known = priced.flatMap(({ bound }) => (isUnpriced(bound) ? [] : [bound]));
  return {
    calls: priced.map(({ call, bound }) =>
      isUnpriced(bound) ? { ...call, unpriced: bound.because } : { ...call, cost: bound.atMost },
    ),
    costs: sumMoney(known.map(({ atMost }) => atMost)),
    unpriced: [...new Set(priced.flatMap(({ call, bound }) => (isUnpriced(bound) ? [call.model] : [])))],
    priceTables: [...new Set(known.map(({ priceTable }) => priceTable))].sort(),
    tryRegions,
  };
}

function boundOf({ model, region, at }: PriceQuery, prices: PriceBook) {
  const { maxInputTokens, maxOutputTokens } = proofTokens;
  const isEmbedding = proofOf(model) === 'embedding';
  return worstCase(
    { model, region, at, maxInputTokens, maxOutputTokens: isEmbedding ? 0 : maxOutputTokens },
    prices,
  );
}
