import { expect, test } from 'vitest';
import { parseDecimal } from '../decimal.ts';
import { type PriceTable, type Rate, type Tier, type TokenRate, tokenRates } from '../price-table.ts';
import { beijing } from './beijing.ts';
import { documentedPrices } from './documented-prices.ts';
import { eu, global, us } from './other-scopes.ts';
import { beijingPage, type PageLine, readPage, singaporePage } from './price-page.fixture.ts';
import { singapore } from './singapore.ts';

const beijingColumns: readonly TokenRate[] = [
  'input',
  'output',
  'thinkingOutput',
  'implicitHit',
  'explicitCreation',
  'explicitHit',
  'batchInput',
  'batchOutput',
  'batchThinkingOutput',
];
const singaporeColumns = beijingColumns.slice(0, 5);

const bounds: Readonly<Record<string, number>> = {
  '32K': 32_768,
  '128K': 131_072,
  '200K': 204_800,
  '256K': 262_144,
  '1M': 1_000_000,
};

/** Omni models stand in the facts as prose, and singly here: model, input, sound, output, spoken output. */
const omni = [
  [beijing, 'qwen3.5-omni-plus', '7', '53', '40', '213'],
  [beijing, 'qwen3.5-omni-flash', '2.2', '18', '13.3', '72'],
  [singapore, 'qwen3.5-omni-plus', '1.4', '11', '8.3', '44'],
  [singapore, 'qwen3.5-omni-flash', '0.4', '3', '2.2', '11.9'],
] as const;

function numberOf(rate: Rate | undefined): string | undefined {
  return typeof rate === 'object' ? rate.rate : rate;
}

function doubtOf(rate: Rate | undefined): string | undefined {
  return typeof rate === 'object' ? rate.doubt : undefined;
}

function tiersIn(table: PriceTable, model: string): readonly Tier[] {
  return table.prices.find(({ models }) => models === model)?.tiers ?? [];
}

function tiersOnPage(page: readonly PageLine[], columns: readonly TokenRate[], model: string) {
  return page
    .filter((line) => line.model === model)
    .map(({ bound, cells }) => {
      const rates = Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
      return { upTo: bounds[bound], ...thinkingAsOutput(rates) };
    });
}

/** Thinking without a price of its own is charged as output; a table may say so to mark a doubt. */
function thinkingAsOutput(rates: Readonly<Record<string, string | undefined>>) {
  return 'thinkingOutput' in rates
    ? { ...rates, thinkingOutput: rates.thinkingOutput ?? rates.output }
    : rates;
}

function ratesOf({ upTo, ...rates }: Tier, columns: readonly TokenRate[]) {
  return {
    upTo,
    ...thinkingAsOutput(Object.fromEntries(columns.map((column) => [column, numberOf(rates[column])]))),
  };
}

test.each([
  ['Beijing', beijing, readPage(beijingPage), beijingColumns, 58],
  ['Singapore', singapore, readPage(singaporePage), singaporeColumns, 52],
] as const)(
  'every line of the page of %s is in its table, and no other model',
  (_, table, page, columns, lines) => {
    expect(page).toHaveLength(lines);
    const models = [...new Set(page.map(({ model }) => model))];
    for (const model of models) {
      const found = tiersIn(table, model).map((tier) => ratesOf(tier, columns));
      expect({ model, tiers: found }).toEqual({ model, tiers: tiersOnPage(page, columns, model) });
    }
    const others = table.prices.map(({ models: id }) => id).filter((id) => !models.includes(String(id)));
    expect(others).toEqual(['qwen3.5-omni-plus', 'qwen3.5-omni-flash']);
  },
);

test.each(omni)('%# sound has prices of its own', (table, model, input, audioInput, output, audioOutput) => {
  const [tier] = tiersIn(table, model);
  expect(ratesOf(tier ?? { input: '' }, ['input', 'audioInput', 'output', 'audioOutput'])).toEqual({
    upTo: undefined,
    input,
    audioInput,
    output,
    audioOutput,
  });
});

test.each([
  ['us', us, { 'qwen-plus-us': [singapore, 'qwen-plus'], 'qwen-flash-us': [singapore, 'qwen-flash'] }],
  [
    'eu',
    eu,
    {
      'qwen-plus': [singapore, 'qwen-plus'],
      'qwen3-max': [singapore, 'qwen3-max'],
      'qwen3.5-flash': [singapore, 'qwen3.5-flash'],
    },
  ],
  [
    'global',
    global,
    {
      'qwen3.7-max': [beijing, 'qwen3.7-max'],
      'qwen3-max': [beijing, 'qwen3-max'],
      'qwen-mt-plus': [beijing, 'qwen-mt-plus'],
      'qwen-mt-flash': [beijing, 'qwen-mt-flash'],
      'qwen-mt-lite': [beijing, 'qwen-mt-lite'],
    },
  ],
] as const)('the scope "%s" has the prices that it shares, without batch', (scope, table, shared) => {
  expect(table.scope).toBe(scope);
  expect(table.factors).not.toHaveProperty('batch');
  expect(table.prices.map(({ models }) => models)).toEqual(Object.keys(shared));
  for (const [model, [from, original]] of Object.entries(shared)) {
    const columns = beijingColumns.slice(0, 6);
    const tiers = tiersIn(table, model);
    expect(table.currency).toBe(from.currency);
    expect(tiers.map((tier) => ratesOf(tier, columns))).toEqual(
      tiersIn(from, original).map((tier) => ratesOf(tier, columns)),
    );
    expect(tiers.some((tier) => 'batchInput' in tier)).toBe(false);
  }
});

test('the price lists of earlier years are kept', () => {
  const past = documentedPrices.filter(({ date }) => date < '2026');
  const lines = past.map(({ date, currency, prices }) => [
    date,
    currency,
    prices.map(({ models, tiers }) => [
      models,
      ...tiers.map((tier) => [tier.input, tier.output, tier.implicitHit]),
    ]),
  ]);
  expect(lines).toEqual([
    [
      '2025-04',
      'USD',
      [
        ['qwen-max', ['1.6', '6.4', '0.64']],
        ['qwen-plus', ['0.4', '1.2', '0.16']],
        ['qwen-turbo', ['0.05', '0.2', '0.02']],
      ],
    ],
    [
      '2024-12',
      'USD',
      [
        ['qwen-max', ['10', '30', undefined]],
        ['qwen-plus', ['3', '9', undefined]],
        ['qwen-turbo', ['0.4', '1.2', undefined]],
      ],
    ],
  ]);
});

test('every cell is a decimal number, and tiers rise', () => {
  for (const { prices, uses } of documentedPrices) {
    for (const rate of Object.values(uses ?? {})) expect(parseDecimal(numberOf(rate) ?? '')).toBeDefined();
    for (const { models, tiers } of prices) {
      const ends = tiers.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      expect({ models, ends }).toEqual({ models, ends: ends.toSorted((a, b) => a - b) });
      for (const tier of tiers) {
        for (const kind of tokenRates) {
          const rate = tier[kind];
          if (rate !== undefined) expect(parseDecimal(numberOf(rate) ?? '')).toBeDefined();
        }
      }
    }
  }
});

test('what the sources disagree about, or one alone says, is marked', () => {
  const doubtful = [beijing, singapore].flatMap(({ currency, prices, uses = {} }) => [
    ...prices.flatMap(({ models, tiers }) =>
      tiers.flatMap((tier, index) =>
        tokenRates
          .filter((kind) => doubtOf(tier[kind]))
          .map((kind) => `${currency} ${models} ${index} ${kind}`),
      ),
    ),
    ...Object.keys(uses).map((kind) => `${currency} ${kind}`),
  ]);
  expect(doubtful).toEqual([
    'CNY qwen-flash 0 explicitCreation',
    'CNY qwen3.5-omni-plus 0 audioOutput',
    'CNY qwen3.5-omni-flash 0 audioOutput',
    'CNY webSearches',
    'USD qwen3.7-plus 0 input',
    'USD qwen3.7-plus 0 output',
    'USD qwen3.7-plus 1 input',
    'USD qwen3.7-plus 1 output',
    'USD qwen3.6-flash 0 input',
    'USD qwen3-vl-plus 0 thinkingOutput',
    'USD qwen3-vl-plus 1 thinkingOutput',
    'USD qwen-vl-max 0 input',
    'USD qwen-vl-max 0 output',
    'USD qwen-vl-plus 0 input',
    'USD qwen-vl-plus 0 output',
    'USD qwen-vl-ocr 0 input',
    'USD qwen-vl-ocr 0 output',
    'USD qwen3.5-omni-plus 0 input',
    'USD qwen3.5-omni-plus 0 audioInput',
    'USD qwen3.5-omni-plus 0 output',
    'USD qwen3.5-omni-plus 0 audioOutput',
    'USD qwen3.5-omni-flash 0 input',
    'USD qwen3.5-omni-flash 0 audioInput',
    'USD qwen3.5-omni-flash 0 output',
    'USD qwen3.5-omni-flash 0 audioOutput',
    'USD webSearches',
    'USD imageSearches',
  ]);
});
