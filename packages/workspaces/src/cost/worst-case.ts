import { invalid } from '@qwire/core/adapter-kit';
import type { Money } from '../money.ts';
import {
  documentedPriceBook,
  type FoundPrice,
  type PriceBook,
  type PriceQuery,
} from './create-price-book.ts';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
  shiftDecimal,
  zero,
} from './decimal.ts';
import { type Tier, type TokenRate, type UseRate, useRates } from './price-table.ts';
import { rateOf, readRate } from './rate-of.ts';
import { tiersWithin } from './tier-of.ts';
import { isUnpriced, type Unpriced, unpriced } from './unpriced.ts';

/** A call that is not made yet. */
export interface PlannedCall extends PriceQuery {
  /** Input tokens at most; `boundInputTokens` reckons such a bound. */
  readonly maxInputTokens: number;
  /** Output tokens at most, thinking included; `boundOutputTokens` reckons such a bound. 0 for embeddings. */
  readonly maxOutputTokens: number;
  /** Uses of built-in tools at most; none unless given. */
  readonly maxUses?: { readonly [kind in UseRate]?: number } | undefined;
}

export interface WorstCase {
  /** What the call costs at most. */
  readonly atMost: Money;
  /** The price table's date. */
  readonly priceTable: string;
}

const inputRates: readonly TokenRate[] = [
  'input',
  'implicitHit',
  'explicitHit',
  'explicitCreation',
  'explicitCreation1h',
  'audioInput',
  'batchInput',
];
const outputRates: readonly TokenRate[] = [
  'output',
  'thinkingOutput',
  'audioOutput',
  'batchOutput',
  'batchThinkingOutput',
];

/**
 * What a call costs at most, to be set aside before it is sent: all its input at the dearest rate of input, all its output
 * at the dearest of output, in the dearest tier that it may fall into. Rates in doubt count with the highest that a source
 * names. Cache entries that live for an hour are not bounded where their price is not known; `priceOf` has none for them.
 *
 * @throws QwireError of kind `configuration` for a bound that is no whole number from 0.
 */
export function worstCase(call: PlannedCall, book: PriceBook = documentedPriceBook): WorstCase | Unpriced {
  checkBounds(call);
  const found = book.find(call);
  if (isUnpriced(found)) return found;
  const uses = costOfUses(call, found);
  if (isUnpriced(uses)) return uses;
  const tiers = tiersWithin(found.price.tiers, call.maxInputTokens);
  const tokens = tiers.map((tier) => costIn(tier, call, found)).reduce(larger, zero);
  const { currency, date } = found.table;
  return { atMost: { amount: formatDecimal(addDecimals(tokens, uses)), currency }, priceTable: date };
}

function costIn(
  tier: Tier,
  { maxInputTokens, maxOutputTokens }: PlannedCall,
  { table }: FoundPrice,
): Decimal {
  const input = Math.min(maxInputTokens, tier.upTo ?? Number.POSITIVE_INFINITY);
  return addDecimals(
    shiftDecimal(multiplyDecimals(dearest(inputRates), whole(input)), 6),
    shiftDecimal(multiplyDecimals(dearest(outputRates), whole(maxOutputTokens)), 6),
  );

  function dearest(kinds: readonly TokenRate[]): Decimal {
    return kinds.map((kind) => rateOf(kind, tier, table.factors)?.atMost ?? zero).reduce(larger, zero);
  }
}

function costOfUses({ maxUses = {} }: PlannedCall, { table }: FoundPrice): Decimal | Unpriced {
  let sum = zero;
  for (const kind of useRates) {
    const uses = maxUses[kind] ?? 0;
    if (uses === 0) continue;
    const rate = table.uses?.[kind];
    if (rate === undefined) return unpriced('no-price', `No price of ${kind} is known there`);
    sum = addDecimals(sum, shiftDecimal(multiplyDecimals(readRate(rate).atMost, whole(uses)), 3));
  }
  return sum;
}

function checkBounds({ maxInputTokens, maxOutputTokens, maxUses = {} }: PlannedCall): void {
  const uses = useRates.map((kind) => [`maxUses.${kind}`, maxUses[kind] ?? 0] as const);
  for (const [field, bound] of [
    ['maxInputTokens', maxInputTokens],
    ['maxOutputTokens', maxOutputTokens],
    ...uses,
  ] as const) {
    if (Number.isSafeInteger(bound) && bound >= 0) continue;
    throw invalid(field, `must be a whole number from 0, got ${bound}`, 'configuration');
  }
}

function larger(a: Decimal, b: Decimal): Decimal {
  return compareDecimals(a, b) < 0 ? b : a;
}

function whole(count: number): Decimal {
  return { units: BigInt(count), scale: 0 };
}
