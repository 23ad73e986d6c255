import type { ModelPrice, PriceTable, Tier } from '../price-table.ts';
import { beijing } from './beijing.ts';
import { cacheFactors } from './factors.ts';
import { singapore } from './singapore.ts';

/** Models of another table under names of their own, without batch, which only Beijing and Singapore offer. */
function taken(from: PriceTable, names: Readonly<Record<string, string>>): readonly ModelPrice[] {
  return Object.entries(names).flatMap(([name, original]) =>
    from.prices
      .filter(({ models }) => models === original)
      .map((price) => ({ ...price, models: name, tiers: price.tiers.map(withoutBatch) })),
  );
}

function withoutBatch({ batchInput, batchOutput, batchThinkingOutput, ...tier }: Tier): Tier {
  return tier;
}

/** Computed in the United States: names that end in `-us`. */
export const us: PriceTable = {
  ...singapore,
  scope: 'us',
  regions: ['us-east-1'],
  prices: taken(singapore, { 'qwen-plus-us': 'qwen-plus', 'qwen-flash-us': 'qwen-flash' }),
  factors: cacheFactors,
};

/** Computed in the European Union. */
export const eu: PriceTable = {
  ...singapore,
  scope: 'eu',
  regions: ['eu-central-1'],
  prices: taken(singapore, {
    'qwen-plus': 'qwen-plus',
    'qwen3-max': 'qwen3-max',
    'qwen3.5-flash': 'qwen3.5-flash',
  }),
  factors: cacheFactors,
};

/** Computed anywhere, called in Virginia or Frankfurt. */
export const global: PriceTable = {
  ...beijing,
  scope: 'global',
  regions: ['us-east-1', 'eu-central-1'],
  prices: taken(beijing, {
    'qwen3.7-max': 'qwen3.7-max',
    'qwen3-max': 'qwen3-max',
    'qwen-mt-plus': 'qwen-mt-plus',
    'qwen-mt-flash': 'qwen-mt-flash',
    'qwen-mt-lite': 'qwen-mt-lite',
  }),
  doubt:
    'Priced as in China, in yuan; accounts of the international site pay in dollars, by rates not known here.',
};
