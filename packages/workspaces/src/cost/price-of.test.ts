import type { Usage } from '@qwire/core';
import { describe, expect, test } from 'vitest';
import { createPriceBook } from './create-price-book.ts';
import { type Cost, type PricedCall, priceOf } from './price-of.ts';
import { beijingPage, type PageLine, readPage, singaporePage } from './prices/price-page.fixture.ts';

const unknown = { inputTokens: undefined, outputTokens: undefined, totalTokens: undefined };

function usage(counts: Partial<Usage>): Usage {
  return { ...unknown, ...counts };
}

function cost(call: PricedCall, book = createPriceBook()): Cost {
  const priced = priceOf(call, book);
  if (!('cost' in priced)) throw new Error(priced.because);
  return priced;
}

/** By hand: rates have six digits at most, so tokens times rate is a whole number of millionths of a millionth. */
function byHand(...parts: readonly (readonly [tokens: number, rate: string | undefined])[]): string {
  const units = parts.reduce((sum, [tokens, rate]) => sum + BigInt(tokens) * millionths(rate), 0n);
  const digits = String(units).padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '');
}

function millionths(rate: string | undefined): bigint {
  if (rate === undefined) throw new Error('The page has no such price');
  const [whole = '', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** What is typical of a kind of token that the page has no price of: so many hundredths of another one's. */
function share(percent: bigint, rate: string | undefined): string {
  const digits = String((millionths(rate) * percent) / 100n).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const ends: Readonly<Record<string, number>> = {
  '32K': 32_768,
  '128K': 131_072,
  '200K': 204_800,
  '256K': 262_144,
  '1M': 1_000_000,
};

interface Boundary {
  readonly model: string;
  readonly end: number;
  readonly below: PageLine;
  readonly above: PageLine | undefined;
}

function boundaries(page: string): readonly Boundary[] {
  return readPage(page).flatMap((below, index, lines) => {
    const end = ends[below.bound];
    const next = lines[index + 1];
    const above = next?.model === below.model ? next : undefined;
    return end === undefined ? [] : [{ model: below.model, end, below, above }];
  });
}

const places = [
  { region: 'cn-beijing', currency: 'CNY', page: beijingPage },
  { region: 'ap-southeast-1', currency: 'USD', page: singaporePage },
];
const atBoundaries = places.flatMap(({ page, ...place }) =>
  boundaries(page).map((boundary) => ({ ...place, ...boundary })),
);

/** One token below the end, at it, and above, each with the line of the page that holds there, if there is one. */
function around({ end, below, above }: Boundary): readonly (readonly [input: number, line: PageLine])[] {
  const sizes = [[end - 1, below] as const, [end, below] as const];
  return above ? [...sizes, [end + 1, above] as const] : sizes;
}

describe('one token below the end of every tier of every model, at it, and above', () => {
  test('there are as many ends as lines that have one', () => {
    expect(atBoundaries).toHaveLength(37 + 33);
  });

  test.each(atBoundaries)('$region $model $end: all tokens have the rates of one tier', (boundary) => {
    const { region, currency, model } = boundary;
    for (const [input, { cells }] of around(boundary)) {
      const [inRate, outRate] = cells;
      const counts = usage({ inputTokens: input, outputTokens: 777 });
      expect(cost({ model, region, usage: counts, thinking: false }).cost).toEqual({
        amount: byHand([input, inRate], [777, outRate]),
        currency,
      });
    }
  });

  const lasts = atBoundaries.filter(({ above }) => !above);
  test.each(lasts)(
    '$region $model $end: nothing has a price above the last tier',
    ({ model, region, end }) => {
      const counts = usage({ inputTokens: end + 1, outputTokens: 777 });
      expect(priceOf({ model, region, usage: counts })).toMatchObject({ unpriced: 'no-price' });
    },
  );

  test.each(atBoundaries)(
    '$region $model $end: thinking has a price of its own, or that of output',
    (boundary) => {
      const { region, model } = boundary;
      for (const [input, { cells }] of around(boundary)) {
        const [inRate, outRate, thinkingRate = outRate] = cells;
        const counts = usage({ inputTokens: input, outputTokens: 4_321, reasoningTokens: 4_000 });
        expect(cost({ model, region, usage: counts }).cost.amount).toBe(
          byHand([input, inRate], [4_321, thinkingRate]),
        );
      }
    },
  );

  test.each(atBoundaries)(
    '$region $model $end: what a cache gives and takes is inside the input',
    (boundary) => {
      const { region, model } = boundary;
      for (const [input, { cells }] of around(boundary)) {
        const [inRate, outRate] = cells;
        const [implicitRate = share(20n, inRate), creationRate = share(125n, inRate)] = cells.slice(3);
        const hitRate = cells[5] ?? share(10n, inRate);
        const implicit = usage({ inputTokens: input, outputTokens: 10, cachedInputTokens: 2_048 });
        const explicit = { ...implicit, cacheType: 'ephemeral', cacheCreationInputTokens: 1_111 };
        const call = { model, region, thinking: false };
        expect(cost({ ...call, usage: implicit }).cost.amount).toBe(
          byHand([input - 2_048, inRate], [2_048, implicitRate], [10, outRate]),
        );
        expect(cost({ ...call, usage: explicit }).cost.amount).toBe(
          byHand([input - 2_048 - 1_111, inRate], [2_048, hitRate], [1_111, creationRate], [10, outRate]),
        );
      }
    },
  );

  test.each(atBoundaries)(
    '$region $model $end: the whole input from the cache leaves the tier as it is',
    (boundary) => {
      const { region, model } = boundary;
      for (const [input, { cells }] of around(boundary)) {
        const [inRate, outRate, , implicitRate = share(20n, inRate)] = cells;
        const counts = usage({ inputTokens: input, outputTokens: 10, cachedInputTokens: input });
        expect(cost({ model, region, usage: counts, thinking: false }).cost.amount).toBe(
          byHand([input, implicitRate], [10, outRate]),
        );
      }
    },
  );

  // Where a page of Beijing has no price of batch, there is none; the page of Singapore has no column of it.
  const withBatch = atBoundaries.filter(({ region, below }) => region !== 'cn-beijing' || below.cells[6]);
  test.each(withBatch)(
    '$region $model $end: batch has prices of its own, and no discount of the cache',
    (boundary) => {
      const { region, model } = boundary;
      for (const [input, { cells }] of around(boundary)) {
        const [plainIn, plainOut, plainThinking = plainOut] = cells;
        const inRate = cells[6] ?? share(50n, plainIn);
        const outRate = cells[7] ?? share(50n, plainOut);
        const thinkingRate = cells[8] ?? (cells[7] === undefined ? share(50n, plainThinking) : outRate);
        const counts = usage({ inputTokens: input, outputTokens: 33, cachedInputTokens: 5_000 });
        const call = { model, region, batch: true, usage: counts };
        expect(cost({ ...call, thinking: false }).cost.amount).toBe(byHand([input, inRate], [33, outRate]));
        expect(cost({ ...call, thinking: true }).cost.amount).toBe(
          byHand([input, inRate], [33, thinkingRate]),
        );
      }
    },
  );

  const scopes = [
    {
      scope: 'us',
      region: 'virginia',
      models: { 'qwen-plus-us': 'qwen-plus', 'qwen-flash-us': 'qwen-flash' },
    },
    {
      scope: 'eu',
      region: 'frankfurt',
      models: { 'qwen-plus': 'qwen-plus', 'qwen3-max': 'qwen3-max', 'qwen3.5-flash': 'qwen3.5-flash' },
    },
    { scope: 'global', region: 'frankfurt', models: { 'qwen3-max': 'qwen3-max' } },
  ] as const;
  const elsewhere = scopes.flatMap(({ scope, region, models }) =>
    Object.entries(models).flatMap(([model, original]) =>
      boundaries(scope === 'global' ? beijingPage : singaporePage)
        .filter((boundary) => boundary.model === original)
        .map((boundary) => ({ ...boundary, scope, region, model })),
    ),
  );

  test('there are as many ends in other scopes as the lines that these share', () => {
    expect(elsewhere).toHaveLength(4 + 6 + 3);
  });

  test.each(elsewhere)('$scope $model $end: all tokens have the rates of one tier', (boundary) => {
    const { scope, region, model } = boundary;
    for (const [input, { cells }] of around(boundary)) {
      const [inRate, outRate, thinkingRate = outRate] = cells;
      const call = { model, region, scope, usage: usage({ inputTokens: input, outputTokens: 777 }) };
      expect(cost({ ...call, thinking: false }).cost.amount).toBe(byHand([input, inRate], [777, outRate]));
      expect(cost({ ...call, thinking: true }).cost.amount).toBe(
        byHand([input, inRate], [777, thinkingRate]),
      );
    }
  });
});

describe('worked by hand', () => {
  test.each<[string, PricedCall, string, string]>([
    [
      '1,000 at 0.8 and 500 at 2',
      { model: 'qwen-plus', region: 'cn-beijing', usage: usage({ inputTokens: 1_000, outputTokens: 500 }) },
      '0.0018',
      'CNY',
    ],
    [
      'the same by an alias',
      { model: 'Qwen-Plus', region: 'beijing', usage: usage({ inputTokens: 1_000, outputTokens: 500 }) },
      '0.0018',
      'CNY',
    ],
    [
      '1,000 at 0.40 and 500 at 4.00, thinking',
      {
        model: 'qwen-plus',
        region: 'singapore',
        thinking: true,
        usage: usage({ inputTokens: 1_000, outputTokens: 500 }),
      },
      '0.0024',
      'USD',
    ],
    [
      '24 at 1.20 and 1,668 at 6',
      {
        model: 'qwen3-max',
        region: 'singapore',
        usage: usage({ inputTokens: 24, outputTokens: 1_668, reasoningTokens: 1_353 }),
      },
      '0.0100368',
      'USD',
    ],
    [
      '17 at 0.07',
      { model: 'text-embedding-v4', region: 'singapore', usage: usage({ inputTokens: 17, totalTokens: 17 }) },
      '0.00000119',
      'USD',
    ],
    [
      '17 at 0.25 in batch',
      { model: 'text-embedding-v4', region: 'beijing', batch: true, usage: usage({ inputTokens: 17 }) },
      '0.00000425',
      'CNY',
    ],
    [
      '17 at 0.5, of a total',
      { model: 'qwen3-rerank', region: 'beijing', usage: usage({ totalTokens: 17 }) },
      '0.0000085',
      'CNY',
    ],
    [
      'no token at all',
      { model: 'qwen-max', region: 'beijing', usage: usage({ inputTokens: 0, outputTokens: 0 }) },
      '0',
      'CNY',
    ],
  ])('%s', (_, call, amount, currency) => {
    expect(cost(call)).toMatchObject({ cost: { amount, currency }, priceTable: '2026-05-27' });
    expect(cost(call)).not.toHaveProperty('doubt');
  });

  test('each kind of token has a line with its rate', () => {
    const counts = usage({
      inputTokens: 10_000,
      outputTokens: 100,
      cachedInputTokens: 4_000,
      cacheCreation5mInputTokens: 2_000,
      webSearches: 3,
    });
    expect(cost({ model: 'qwen3-max', region: 'cn-beijing', usage: counts }).lines).toEqual([
      { kind: 'input', tokens: 4_000, rate: '2.5', amount: '0.01' },
      { kind: 'explicitHit', tokens: 4_000, rate: '0.25', amount: '0.001' },
      { kind: 'explicitCreation', tokens: 2_000, rate: '3.125', amount: '0.00625' },
      { kind: 'output', tokens: 100, rate: '10', amount: '0.001' },
      { kind: 'webSearches', uses: 3, rate: '4', amount: '0.012' },
    ]);
  });

  test('sound and the rest of the input and output are charged apart', () => {
    const counts = usage({
      inputTokens: 1_460,
      outputTokens: 62,
      inputTextTokens: 20,
      inputVideoTokens: 1_080,
      inputAudioTokens: 360,
      outputTextTokens: 12,
      outputAudioTokens: 50,
    });
    // 1,100 at 7, 360 at 53, 12 at 40 and 50 at 213.
    expect(cost({ model: 'qwen3.5-omni-plus', region: 'beijing', usage: counts }).cost.amount).toBe(
      '0.03791',
    );
  });

  test('a call without sound needs no count of it when the rest is the whole', () => {
    const counts = usage({
      inputTokens: 1_100,
      outputTokens: 12,
      inputTextTokens: 20,
      inputVideoTokens: 1_080,
      outputTextTokens: 12,
    });
    expect(cost({ model: 'qwen3.5-omni-plus', region: 'beijing', usage: counts }).cost.amount).toBe(
      '0.00818',
    );
  });
});

describe('whether a call thought', () => {
  const call = { region: 'singapore', usage: usage({ inputTokens: 0, outputTokens: 1_000_000 }) };
  const withReasoning = (reasoningTokens: number) => ({ ...call.usage, reasoningTokens });

  test.each<[string, PricedCall, string]>([
    [
      'reasoning in the reply tells, whatever was asked',
      { ...call, model: 'qwen-plus', thinking: false, usage: withReasoning(1) },
      '4',
    ],
    ['asking tells', { ...call, model: 'qwen-plus', thinking: true }, '4'],
    ['a model that does not by itself did not', { ...call, model: 'qwen-plus' }, '1.2'],
    ['a model that does by itself did', { ...call, model: 'qwen3-32b' }, '8.4'],
    ['unless it was told not to', { ...call, model: 'qwen3-32b', thinking: false }, '2.8'],
    ['or reports that it did not', { ...call, model: 'qwen3-32b', usage: withReasoning(0) }, '2.8'],
  ])('%s', (_, asked, amount) => {
    expect(cost(asked).cost.amount).toBe(amount);
  });
});

describe('a doubt comes with', () => {
  const tokens = usage({ inputTokens: 1_000, outputTokens: 1_000 });

  test.each<[string, PricedCall, string, RegExp]>([
    [
      'a rate that sources differ in',
      { model: 'qwen3.7-plus', region: 'singapore', usage: tokens },
      '0.002',
      /models\.dev of 2026-07-02 has 0\.50/,
    ],
    [
      'a cache price that is not published',
      { model: 'qwen3-max', region: 'singapore', usage: { ...tokens, cachedInputTokens: 1_000 } },
      '0.00624',
      /implicit cache hit is not published here; 20 %/,
    ],
    [
      'an explicit hit that is not published',
      {
        model: 'qwen3-max',
        region: 'singapore',
        usage: { ...tokens, cachedInputTokens: 1_000, cacheType: 'ephemeral' },
      },
      '0.00612',
      /explicit cache hit is not published here; 10 %/,
    ],
    [
      'a creation that is not published',
      { model: 'qwen3-max', region: 'singapore', usage: { ...tokens, cacheCreationInputTokens: 1_000 } },
      '0.0075',
      /creating a cache entry is not published here; 125 %/,
    ],
    [
      'a batch price that is not published',
      { model: 'qwen-plus', region: 'singapore', batch: true, thinking: true, usage: tokens },
      '0.0022',
      /batch is not published here; 50 %/,
    ],
    [
      'a size between two readings of K',
      { model: 'qwen-plus', region: 'beijing', usage: usage({ inputTokens: 128_001, outputTokens: 0 }) },
      '0.1024008',
      /ends at 128000/,
    ],
    [
      'a scope that is priced as another',
      { model: 'qwen3.7-max', region: 'virginia', usage: tokens },
      '0.048',
      /pay in dollars/,
    ],
    [
      'a search that only one source prices',
      { model: 'qwen-plus', region: 'singapore', usage: { ...tokens, webSearches: 1 } },
      '0.0116',
      /From QwenCloud alone/,
    ],
    [
      'searches that may have been',
      { model: 'qwen-plus', region: 'singapore', allowed: ['webSearches'], usage: tokens },
      '0.0016',
      /does not say how many webSearches/,
    ],
    [
      'text beside speech',
      {
        model: 'qwen3.5-omni-flash',
        region: 'beijing',
        usage: { ...tokens, inputTextTokens: 1_000, outputAudioTokens: 500 },
      },
      '0.04485',
      /may be free/,
    ],
    [
      'a cache hit of a model that hears',
      {
        model: 'qwen3.5-omni-flash',
        region: 'beijing',
        usage: { ...tokens, inputTextTokens: 1_000, outputTextTokens: 1_000, cachedInputTokens: 500 },
      },
      '0.0155',
      /charged in full/,
    ],
    [
      'prices that were replaced on an unknown day',
      { model: 'qwen-max', region: 'singapore', at: '2025-11-25T00:00:00Z', usage: tokens },
      '0.008',
      /changed by 2026-05-27/,
    ],
  ])('%s', (_, call, amount, doubt) => {
    expect(cost(call)).toMatchObject({ cost: { amount }, doubt: expect.stringMatching(doubt) });
  });

  test.each([128_000, 131_073])('no size outside of the two readings: %i', (inputTokens) => {
    expect(
      cost({ model: 'qwen-plus', region: 'beijing', usage: usage({ inputTokens, outputTokens: 0 }) }),
    ).not.toHaveProperty('doubt');
  });

  test('no last tier, which has no other next to it', () => {
    expect(
      cost({
        model: 'qwen3-max',
        region: 'beijing',
        usage: usage({ inputTokens: 258_048, outputTokens: 0 }),
      }),
    ).not.toHaveProperty('doubt');
  });
});

describe('no cost is known', () => {
  const tokens = usage({ inputTokens: 1_000, outputTokens: 1_000 });

  test.each<[string, PricedCall, string, RegExp]>([
    [
      'of a model that no page lists',
      { model: 'qwen-plus-2025-07-28', region: 'beijing', usage: tokens },
      'no-price',
      /createPriceBook\(\{ overrides \}\)/,
    ],
    [
      'of a model elsewhere',
      { model: 'glm-5', region: 'singapore', usage: tokens },
      'no-price',
      /glm-5 .* in ap-southeast-1/,
    ],
    [
      'in a region without a price page',
      { model: 'qwen-plus', region: 'tokyo', usage: tokens },
      'no-price',
      /in ap-northeast-1/,
    ],
    [
      'in a region that does not exist',
      { model: 'qwen-plus', region: 'moon', usage: tokens },
      'no-price',
      /in moon/,
    ],
    [
      'before the first price list',
      { model: 'qwen-plus', region: 'beijing', at: '2026-05-26T23:59:59Z', usage: tokens },
      'no-price',
      /first is of 2026-05-27/,
    ],
    ['without a region', { model: 'qwen-plus', usage: tokens }, 'no-region', /region/],
    [
      'where the region does not tell the scope',
      { model: 'qwen-plus', region: 'frankfurt', usage: tokens },
      'no-region',
      /"eu" or "global"/,
    ],
    [
      'of a batch that is not offered',
      { model: 'qwen3-coder-plus', region: 'beijing', batch: true, usage: tokens },
      'no-price',
      /batchInput/,
    ],
    [
      'of a batch in Virginia',
      { model: 'qwen-plus-us', region: 'virginia', batch: true, usage: tokens },
      'no-price',
      /batchInput/,
    ],
    [
      'of sound in batch',
      { model: 'qwen3.5-omni-plus', region: 'beijing', batch: true, usage: tokens },
      'no-price',
      /sound/,
    ],
    [
      'of cache entries that live for an hour',
      { model: 'qwen3-max', region: 'beijing', usage: { ...tokens, cacheCreation1hInputTokens: 5 } },
      'no-price',
      /explicitCreation1h/,
    ],
    [
      'of a tool without a price',
      { model: 'qwen3-max', region: 'beijing', usage: { ...tokens, codeInterpreterRuns: 1 } },
      'no-price',
      /codeInterpreterRuns/,
    ],
    [
      'without input tokens',
      { model: 'qwen-plus', region: 'beijing', usage: usage({ outputTokens: 1 }) },
      'no-usage',
      /input tokens/,
    ],
    [
      'without output tokens',
      { model: 'qwen-plus', region: 'beijing', usage: usage({ inputTokens: 1 }) },
      'no-usage',
      /output tokens/,
    ],
    [
      'of a total alone',
      { model: 'qwen-plus', region: 'beijing', usage: usage({ totalTokens: 1 }) },
      'no-usage',
      /input tokens/,
    ],
    [
      'of half a token',
      { model: 'qwen-plus', region: 'beijing', usage: usage({ inputTokens: 0.5, outputTokens: 1 }) },
      'no-usage',
      /input tokens/,
    ],
    [
      'of less than no token',
      { model: 'qwen-plus', region: 'beijing', usage: usage({ inputTokens: 1, outputTokens: -1 }) },
      'no-usage',
      /output tokens/,
    ],
    [
      'of more cached tokens than tokens',
      { model: 'qwen-plus', region: 'beijing', usage: { ...tokens, cachedInputTokens: 1_001 } },
      'no-usage',
      /more than the input/,
    ],
    [
      'of more created tokens than were created',
      {
        model: 'qwen-plus',
        region: 'beijing',
        usage: { ...tokens, cacheCreationInputTokens: 1, cacheCreation1hInputTokens: 2 },
      },
      'no-usage',
      /more than the input/,
    ],
    [
      'of sound that was not counted',
      { model: 'qwen3.5-omni-plus', region: 'beijing', usage: tokens },
      'no-usage',
      /1000 tokens are sound/,
    ],
    [
      'of speech that was not counted',
      { model: 'qwen3.5-omni-plus', region: 'beijing', usage: { ...tokens, inputAudioTokens: 0 } },
      'no-usage',
      /1000 tokens are sound/,
    ],
    [
      'of less than no search',
      { model: 'qwen-plus', region: 'beijing', usage: { ...tokens, webSearches: -1 } },
      'no-usage',
      /webSearches/,
    ],
  ])('%s', (_, call, unpriced, because) => {
    expect(priceOf(call)).toEqual({ unpriced, because: expect.stringMatching(because) });
  });
});

test('creation counts make a hit explicit, even when nothing was created', () => {
  const counts = usage({
    inputTokens: 1_000_000,
    outputTokens: 0,
    cachedInputTokens: 1_000_000,
    cacheCreationInputTokens: 0,
  });
  expect(cost({ model: 'qwen3.7-max', region: 'beijing', usage: counts }).cost.amount).toBe('1.2');
});

test('the scope tells the price where the region does not', () => {
  const call = {
    model: 'qwen3-max',
    region: 'frankfurt',
    usage: usage({ inputTokens: 1_000_000 - 800_000, outputTokens: 0 }),
  };
  expect(cost({ ...call, scope: 'eu' }).cost).toEqual({ amount: '0.6', currency: 'USD' });
  expect(cost({ ...call, scope: 'global' }).cost).toEqual({ amount: '1.4', currency: 'CNY' });
  expect(cost(call, createPriceBook({ scopes: { frankfurt: 'eu' } })).cost).toEqual({
    amount: '0.6',
    currency: 'USD',
  });
});

test('names tell the scope in Virginia', () => {
  const counts = usage({ inputTokens: 1_000_000, outputTokens: 0 });
  expect(cost({ model: 'qwen-flash-us', region: 'virginia', usage: counts }).cost).toEqual({
    amount: '0.25',
    currency: 'USD',
  });
  expect(cost({ model: 'qwen-mt-lite', region: 'virginia', usage: counts }).cost).toEqual({
    amount: '0.6',
    currency: 'CNY',
  });
});

test('calls of earlier years have the prices of their time', () => {
  const call = {
    model: 'qwen-plus',
    region: 'singapore',
    usage: usage({ inputTokens: 1_000, outputTokens: 1_000, cachedInputTokens: 500 }),
  };
  expect(priceOf({ ...call, at: '2024-12-31T12:00:00Z' })).toMatchObject({
    unpriced: 'no-price',
    because: expect.stringContaining('implicitHit'),
  });
  expect(cost({ ...call, at: '2025-04-30T12:00:00Z' })).toMatchObject({
    cost: { amount: '0.00148' },
    priceTable: '2025-04',
  });
  expect(cost({ ...call, at: '2026-05-27T00:00:00Z' })).toMatchObject({
    cost: { amount: '0.00144' },
    priceTable: '2026-05-27',
  });
});
