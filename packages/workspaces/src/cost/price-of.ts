import type { Usage } from '@qwire/core';
import type { Money } from '../money.ts';
import { type Charge, chargedTokens, readInputTokens } from './charged-tokens.ts';
import {
  documentedPriceBook,
  type FoundPrice,
  type PriceBook,
  type PriceQuery,
} from './create-price-book.ts';
import { addDecimals, type Decimal, formatDecimal, multiplyDecimals, shiftDecimal, zero } from './decimal.ts';
import { type ModelPrice, type Tier, type TokenRate, type UseRate, useRates } from './price-table.ts';
import { type FoundRate, rateOf, readRate } from './rate-of.ts';
import { tierDoubt, tierOf } from './tier-of.ts';
import { isUnpriced, type Unpriced, unpriced } from './unpriced.ts';

/** A call that was answered. A `UsageRecord` is one. */
export interface PricedCall extends PriceQuery {
  readonly usage: Usage;
  /** Whether it was asked to think; `undefined`: left to the model. */
  readonly thinking?: boolean | undefined;
  /** Whether it was a call of the batch service. */
  readonly batch?: boolean | undefined;
  /** Built-in tools that it was free to use, so that a count of uses that is missing is noticed. */
  readonly allowed?: readonly UseRate[] | undefined;
}

/** One line of the reckoning. */
export interface CostLine {
  readonly kind: TokenRate | UseRate;
  /** Of a kind of token. */
  readonly tokens?: number;
  /** Of a built-in tool. */
  readonly uses?: number;
  /** Per million tokens, or per thousand uses. */
  readonly rate: string;
  readonly amount: string;
}

/** What a call cost by the price list, free quotas and discounts of the account left aside. */
export interface Cost {
  readonly cost: Money;
  readonly lines: readonly CostLine[];
  /** The price table's date. */
  readonly priceTable: string;
  readonly source: string;
  /** Why the amount may be wrong. */
  readonly doubt?: string;
}

/**
 * The exact cost of a call, not rounded, or why it is not known. The tier is chosen once, by the input of the whole
 * request, and its rates hold for all tokens. What the service does not charge, such as a failed call, is the caller's to
 * know: a failed call has no usage.
 *
 * @see https://help.aliyun.com/zh/model-studio/model-pricing
 */
export function priceOf(call: PricedCall, book: PriceBook = documentedPriceBook): Cost | Unpriced {
  const found = book.find(call);
  if (isUnpriced(found)) return found;
  const { tiers } = found.price;
  const input = readInputTokens(call.usage, tiers);
  if (typeof input !== 'number') return input;
  const tier = tierOf(tiers, input);
  if (!tier) return unpriced('no-price', `No price of ${call.model} is known for ${input} input tokens`);
  const batch = call.batch === true;
  const charges = chargedTokens(call.usage, input, { tier, batch, thought: didThink(call, found.price) });
  if (isUnpriced(charges)) return charges;
  const tokenLines = charges.map((charge) => tokenLine(charge, tier, { call, found }));
  const useLines = useRates.map((kind) => useLine(kind, { call, found }));
  const doubts = [
    found.table.doubt,
    tierDoubt(tiers, tier, input),
    uncertainCache(call.usage, tier),
    ...missingUses(call, found),
  ];
  return toCost([...tokenLines, ...useLines], doubts, found);
}

interface Context {
  readonly call: PricedCall;
  readonly found: FoundPrice;
}

interface Line {
  readonly line: CostLine;
  readonly amount: Decimal;
  readonly doubt: string | undefined;
}

/** The reply knows better than the request; where neither says, the model's habit holds. */
function didThink({ thinking, usage: { reasoningTokens } }: PricedCall, price: ModelPrice): boolean {
  if (reasoningTokens !== undefined && reasoningTokens > 0) return true;
  return thinking ?? (reasoningTokens === undefined && price.thinksByDefault === true);
}

function tokenLine(
  [kind, tokens]: Charge,
  tier: Tier,
  { call, found }: Context,
): Line | Unpriced | undefined {
  if (tokens === 0) return undefined;
  const rate = rateOf(kind, tier, found.table.factors);
  if (!rate) return unpriced('no-price', `${call.model} has no known price for ${kind}`);
  return toLine(rate, tokens, 6, { kind, tokens });
}

function useLine(kind: UseRate, { call, found }: Context): Line | Unpriced | undefined {
  const uses = call.usage[kind] ?? 0;
  if (uses === 0) return undefined;
  if (!Number.isSafeInteger(uses) || uses < 0) return unpriced('no-usage', `${kind} is reported as ${uses}`);
  const rate = found.table.uses?.[kind];
  if (rate === undefined) return unpriced('no-price', `No price of ${kind} is known there`);
  return toLine(readRate(rate), uses, 3, { kind, uses });
}

function toLine(
  { rate, doubt }: FoundRate,
  count: number,
  digits: number,
  what: Omit<CostLine, 'rate' | 'amount'>,
): Line {
  const amount = shiftDecimal(multiplyDecimals(rate, { units: BigInt(count), scale: 0 }), digits);
  return { line: { ...what, rate: formatDecimal(rate), amount: formatDecimal(amount) }, amount, doubt };
}

/** Sound and the rest share one cache count, and no price page has a cache price for such models. */
function uncertainCache(
  { cachedInputTokens = 0, cacheCreationInputTokens = 0 }: Usage,
  tier: Tier,
): string | undefined {
  if (tier.audioInput === undefined || cachedInputTokens + cacheCreationInputTokens === 0) return undefined;
  return 'Input from the cache is charged in full: this model has no known price of it.';
}

function missingUses({ allowed = [], usage }: PricedCall, { table }: FoundPrice): readonly string[] {
  return allowed
    .filter((kind) => usage[kind] === undefined && table.uses?.[kind] !== '0')
    .map((kind) => `The reply does not say how many ${kind} there were; none are charged.`);
}

function toCost(
  lines: readonly (Line | Unpriced | undefined)[],
  doubts: readonly (string | undefined)[],
  { table }: FoundPrice,
): Cost | Unpriced {
  const known: Line[] = [];
  for (const line of lines) {
    if (!line) continue;
    if (isUnpriced(line)) return line;
    known.push(line);
  }
  const sum = known.reduce((total, { amount }) => addDecimals(total, amount), zero);
  const doubt = [...new Set([...doubts, ...known.map((line) => line.doubt)])].filter(Boolean).join(' ');
  return {
    cost: { amount: formatDecimal(sum), currency: table.currency },
    lines: known.map(({ line }) => line),
    priceTable: table.date,
    source: table.source,
    ...(doubt ? { doubt } : {}),
  };
}
