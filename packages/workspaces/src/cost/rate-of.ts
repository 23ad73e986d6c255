import { type Decimal, formatDecimal, multiplyDecimals } from './decimal.ts';
import { readAmount } from './money-arithmetic.ts';
import type { Rate, Tier, TokenRate, TypicalFactors } from './price-table.ts';

/** What is charged, and how sure it is. */
export interface FoundRate {
  readonly rate: Decimal;
  readonly doubt?: string;
  /** At least the rate itself. */
  readonly atMost: Decimal;
}

interface Substitute {
  /** The rate that holds instead. */
  readonly of: TokenRate;
  /** Multiplied by this factor, which makes it doubtful. */
  readonly factor?: keyof TypicalFactors;
}

/** What holds where a rate is not published. Thinking has no price of its own with most models. */
const substitutes: { readonly [kind in TokenRate]?: Substitute } = {
  implicitHit: { of: 'input', factor: 'implicitHit' },
  explicitHit: { of: 'input', factor: 'explicitHit' },
  explicitCreation: { of: 'input', factor: 'explicitCreation' },
  thinkingOutput: { of: 'output' },
  batchInput: { of: 'input', factor: 'batch' },
  batchOutput: { of: 'output', factor: 'batch' },
};

const whatFactorsAreOf = {
  implicitHit: 'an implicit cache hit',
  explicitHit: 'an explicit cache hit',
  explicitCreation: 'creating a cache entry',
  batch: 'batch',
} satisfies Record<keyof TypicalFactors, string>;

/** The rate of a kind of token in a tier: the published one, or what typically holds; `undefined` when neither is known. */
export function rateOf(kind: TokenRate, tier: Tier, factors: TypicalFactors = {}): FoundRate | undefined {
  const published = tier[kind];
  if (published !== undefined) return readRate(published);
  // Batch of thinking is half of thinking where that has a price of its own, and batch of output where it has none.
  if (kind === 'batchThinkingOutput') {
    return tier.thinkingOutput === undefined
      ? rateOf('batchOutput', tier, factors)
      : typically(rateOf('thinkingOutput', tier), 'batch', factors);
  }
  const substitute = substitutes[kind];
  if (!substitute) return undefined;
  const found = rateOf(substitute.of, tier, factors);
  return substitute.factor ? typically(found, substitute.factor, factors) : found;
}

/** Reads a rate of a table. */
export function readRate(rate: Rate): FoundRate {
  if (typeof rate === 'string') return { rate: readAmount(rate), atMost: readAmount(rate) };
  return { rate: readAmount(rate.rate), doubt: rate.doubt, atMost: readAmount(rate.atMost ?? rate.rate) };
}

function typically(
  found: FoundRate | undefined,
  factor: keyof TypicalFactors,
  factors: TypicalFactors,
): FoundRate | undefined {
  const multiple = factors[factor];
  if (!found || multiple === undefined) return undefined;
  const percent = formatDecimal(multiplyDecimals(readAmount(multiple), readAmount('100')));
  const doubt = `The price of ${whatFactorsAreOf[factor]} is not published here; ${percent} % is what is typical.`;
  return {
    rate: multiplyDecimals(found.rate, readAmount(multiple)),
    doubt: found.doubt ? `${found.doubt} ${doubt}` : doubt,
    atMost: multiplyDecimals(found.atMost, readAmount(multiple)),
  };
}
