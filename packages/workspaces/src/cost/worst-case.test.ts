import type { Usage } from '@qwire/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPriceBook } from './create-price-book.ts';
import { compareMoney } from './money-arithmetic.ts';
import { priceOf } from './price-of.ts';
import { tokenRates } from './price-table.ts';
import { documentedPrices } from './prices/documented-prices.ts';
import { worstCase } from './worst-case.ts';

/** A model of one's own whose rates are in no order at all. */
const ownRates = fc.record(
  Object.fromEntries(
    tokenRates.map((kind) => [kind, fc.integer({ min: 0, max: 9_999 }).map((units) => `${units}e-2`)]),
  ),
  { requiredKeys: ['input', 'output'] },
);

const documented = documentedPrices.flatMap(({ regions, scope, prices }) =>
  regions.flatMap((region) => prices.map(({ models }) => ({ model: String(models), region, scope }))),
);

const reported: fc.Arbitrary<Usage> = fc
  .record({
    inputTokens: fc.oneof(fc.nat(40_000), fc.nat(300_000), fc.nat(1_000_000)),
    outputTokens: fc.nat(100_000),
    shares: fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(100)),
    reasoningTokens: fc.option(fc.nat(100), { nil: undefined }),
    cacheType: fc.option(fc.constant('ephemeral'), { nil: undefined }),
    webSearches: fc.option(fc.nat(5), { nil: undefined }),
  })
  .map(({ shares: [hit, created, long, heard, spoken], ...counts }) => {
    const { inputTokens, outputTokens, reasoningTokens, cacheType, webSearches } = counts;
    const cachedInputTokens = Math.floor((inputTokens * hit) / 100);
    const cacheCreationInputTokens = Math.floor(((inputTokens - cachedInputTokens) * created) / 100);
    return {
      inputTokens,
      outputTokens,
      totalTokens: inputTokens + outputTokens,
      cachedInputTokens,
      ...(created > 0 ? { cacheCreationInputTokens } : {}),
      ...(long > 50
        ? { cacheCreation1hInputTokens: Math.floor((cacheCreationInputTokens * long) / 100) }
        : {}),
      inputAudioTokens: Math.floor((inputTokens * heard) / 100),
      outputAudioTokens: Math.floor((outputTokens * spoken) / 100),
      ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
      ...(cacheType ? { cacheType } : {}),
      ...(webSearches === undefined ? {} : { webSearches }),
    };
  });

const call = fc.record({
  usage: reported,
  batch: fc.boolean(),
  thinking: fc.option(fc.boolean(), { nil: undefined }),
  slack: fc.oneof(fc.constant([0, 0] as const), fc.tuple(fc.nat(200_000), fc.nat(10_000))),
});

interface Sample {
  readonly usage: Usage;
  readonly slack: readonly [number, number];
}

function bounds({ usage, slack: [input, output] }: Sample) {
  return {
    maxInputTokens: (usage.inputTokens ?? 0) + input,
    maxOutputTokens: (usage.outputTokens ?? 0) + output,
    maxUses: { webSearches: 5 },
  };
}

test('no call of a documented model costs more than its worst case', () => {
  let priced = 0;
  fc.assert(
    fc.property(fc.constantFrom(...documented), call, (named, sample) => {
      const cost = priceOf({ ...named, ...sample });
      const worst = worstCase({ ...named, ...bounds(sample) });
      if (!('cost' in cost) || !('atMost' in worst)) return;
      priced += 1;
      expect(compareMoney(cost.cost, worst.atMost)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2_000 },
  );
  expect(priced).toBeGreaterThan(500);
});

test('no call of a model of your own costs more than its worst case, whatever its rates', () => {
  fc.assert(
    fc.property(ownRates, ownRates, call, (small, large, sample) => {
      const tiers = [
        { ...small, input: small.input ?? '0', upTo: 131_072, doubtfulAbove: 128_000 },
        { ...large, input: large.input ?? '0' },
      ];
      const own = { models: 'ours', date: '2026-01-01', currency: 'USD', tiers, uses: { webSearches: '7' } };
      const book = createPriceBook({ overrides: [own] });
      const cost = priceOf({ model: 'ours', ...sample }, book);
      const worst = worstCase({ model: 'ours', ...bounds(sample) }, book);
      if (!('atMost' in worst)) throw new Error(worst.because);
      if ('cost' in cost) expect(compareMoney(cost.cost, worst.atMost)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test('a larger bound is no cheaper', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...documented),
      fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)),
      fc.tuple(fc.nat(90_000), fc.nat(90_000)),
      (named, inputs, outputs) => {
        const worst = (pick: (...numbers: number[]) => number) =>
          worstCase({ ...named, maxInputTokens: pick(...inputs), maxOutputTokens: pick(...outputs) });
        const [less, more] = [worst(Math.min), worst(Math.max)];
        if (!('atMost' in less && 'atMost' in more)) throw new Error('has a price');
        expect(compareMoney(less.atMost, more.atMost)).toBeLessThanOrEqual(0);
      },
    ),
  );
});

test.each([
  // 1,000 created at 1.25 times 0.40, and 1,000 of thinking at 4.00.
  [{ model: 'qwen-plus', region: 'singapore' }, 1_000, '0.0045'],
  // The highest that a source names: 0.50 and 3.00.
  [{ model: 'qwen3.7-plus', region: 'singapore' }, 1_000, '0.003625'],
  // 128,001 tokens may belong to the second tier: at 3, and 1,000 at 24.
  [{ model: 'qwen-plus', region: 'beijing' }, 128_001, '0.408003'],
  [{ model: 'qwen-plus', region: 'beijing' }, 128_000, '0.136'],
  // More than the last tier takes is refused, so only 262,144 can be charged, at 8.75.
  [{ model: 'qwen3-max', region: 'beijing' }, 900_000, '2.32176'],
  // Heard and spoken throughout.
  [{ model: 'qwen3.5-omni-flash', region: 'beijing' }, 1_000, '0.09'],
])('%o with %i tokens and 1,000 of output', (named, maxInputTokens, amount) => {
  expect(worstCase({ ...named, maxInputTokens, maxOutputTokens: 1_000 })).toMatchObject({
    atMost: { amount },
    priceTable: '2026-05-27',
  });
});

test.each(tokenRates)('all input or output may be charged by the rate of %s', (dear) => {
  const tier = { ...Object.fromEntries(tokenRates.map((kind) => [kind, '1'])), input: '1', [dear]: '100' };
  const own = { models: 'ours', date: '2026-01-01', currency: 'USD', tiers: [tier] };
  const planned = { model: 'ours', maxInputTokens: 1_000_000, maxOutputTokens: 1_000_000 };
  expect(worstCase(planned, createPriceBook({ overrides: [own] }))).toMatchObject({
    atMost: { amount: '101' },
  });
});

test('a small request may cost more than a large one', () => {
  const tiers = [
    { upTo: 1_000, input: '9000', output: '1' },
    { input: '1', output: '1' },
  ];
  const book = createPriceBook({
    overrides: [{ models: 'ours', date: '2026-01-01', currency: 'USD', tiers }],
  });
  const planned = { model: 'ours', maxInputTokens: 2_000, maxOutputTokens: 0 };
  // 1,000 at 1.25 times 9,000.
  expect(worstCase(planned, book)).toMatchObject({ atMost: { amount: '11.25' } });
});

test('uses of tools are set aside', () => {
  const planned = { model: 'qwen-plus', region: 'singapore', maxInputTokens: 0, maxOutputTokens: 0 };
  expect(worstCase({ ...planned, maxUses: { webSearches: 3, imageSearches: 1 } })).toMatchObject({
    atMost: { amount: '0.038', currency: 'USD' },
  });
  expect(worstCase({ ...planned, maxUses: { codeInterpreterRuns: 1 } })).toMatchObject({
    unpriced: 'no-price',
  });
});

test('what has no price has no worst case', () => {
  const planned = { maxInputTokens: 1, maxOutputTokens: 1 };
  expect(worstCase({ ...planned, model: 'mystery', region: 'beijing' })).toMatchObject({
    unpriced: 'no-price',
  });
  expect(worstCase({ ...planned, model: 'qwen-plus' })).toMatchObject({ unpriced: 'no-region' });
});

test.each(['maxInputTokens', 'maxOutputTokens'])('a wrong %s is named', (field) => {
  const planned = {
    model: 'qwen-plus',
    region: 'beijing',
    maxInputTokens: 1,
    maxOutputTokens: 1,
    [field]: Number.NaN,
  };
  expect(() => worstCase(planned)).toThrow(`${field}: must be a whole number from 0, got NaN`);
});
