import { QwireError } from '@qwire/core';
import { describe, expect, test } from 'vitest';
import { createPriceBook } from './create-price-book.ts';
import type { OwnPrice } from './own-price.ts';
import { priceOf } from './price-of.ts';

const tokens = { inputTokens: 1_000_000, outputTokens: 1_000_000, totalTokens: 2_000_000 };
const flat: OwnPrice = {
  models: 'qwen-turbo',
  date: '2026-06-01',
  currency: 'EUR',
  tiers: [{ input: '0.03', output: '0.1' }],
};

function amount(overrides: readonly OwnPrice[], call: object = {}) {
  const asked = { model: 'qwen-turbo', region: 'singapore', usage: tokens, ...call };
  const priced = priceOf(asked, createPriceBook({ overrides }));
  return 'cost' in priced ? `${priced.cost.currency} ${priced.cost.amount}` : priced.unpriced;
}

describe('a price of your own', () => {
  test('wins over the documented one, with its own date and source', () => {
    const priced = priceOf(
      { model: 'qwen-turbo', region: 'singapore', usage: tokens },
      createPriceBook({ overrides: [flat] }),
    );
    expect(priced).toMatchObject({
      cost: { amount: '0.13', currency: 'EUR' },
      priceTable: '2026-06-01',
      source: 'your own prices',
    });
  });

  test('makes a model known that no page lists', () => {
    expect(amount([{ ...flat, models: ['ours-*', 'qwen-plus-????'] }], { model: 'Ours-7B' })).toBe(
      'EUR 0.13',
    );
    expect(amount([{ ...flat, models: 'ours-*' }], { model: 'not-ours-7b' })).toBe('no-price');
  });

  test('needs no region unless it names one', () => {
    expect(amount([flat], { region: undefined })).toBe('EUR 0.13');
    expect(amount([{ ...flat, regions: ['beijing'] }], { region: 'cn-beijing' })).toBe('EUR 0.13');
    expect(amount([{ ...flat, regions: ['beijing'] }])).toBe('USD 0.25');
    expect(amount([{ ...flat, regions: ['beijing'] }], { region: undefined })).toBe('no-region');
  });

  test('holds from its day on, and the newest wins', () => {
    const later: OwnPrice = { ...flat, date: '2026-07-01', tiers: [{ input: '0', output: '0' }] };
    const days = ['2026-05-31', '2026-06-01', '2026-06-30', '2026-07-01'];
    expect(days.map((day) => amount([flat, later], { at: `${day}T12:00:00Z` }))).toEqual([
      'USD 0.25',
      'EUR 0.13',
      'EUR 0.13',
      'EUR 0',
    ]);
    expect(amount([flat, later])).toBe('EUR 0');
  });

  test('may have tiers, whose bounds belong to the lower one', () => {
    const tiered: OwnPrice = {
      ...flat,
      tiers: [
        { upTo: 10, input: '1', output: '0' },
        { input: '2', output: '0' },
      ],
    };
    const sizes = [9, 10, 11].map((inputTokens) => amount([tiered], { usage: { ...tokens, inputTokens } }));
    expect(sizes).toEqual(['EUR 0.000009', 'EUR 0.00001', 'EUR 0.000022']);
  });

  test('has the typical prices of cache and batch until it names them', () => {
    const cached = { usage: { ...tokens, cachedInputTokens: 1_000_000, outputTokens: 0 } };
    expect(amount([flat], cached)).toBe('EUR 0.006');
    expect(
      amount([{ ...flat, tiers: [{ input: '0.03', output: '0.1', implicitHit: '0.01' }] }], cached),
    ).toBe('EUR 0.01');
    expect(amount([flat], { batch: true })).toBe('EUR 0.065');
  });

  test('keeps its own doubt beside that of a typical price', () => {
    const doubtful: OwnPrice = {
      ...flat,
      tiers: [{ input: { rate: '0.03', doubt: 'By mail.' }, output: '0.1' }],
    };
    const usage = { ...tokens, cachedInputTokens: 1_000_000 };
    const priced = priceOf({ model: 'qwen-turbo', usage }, createPriceBook({ overrides: [doubtful] }));
    expect(priced).toMatchObject({ doubt: expect.stringMatching(/^By mail\. .*20 % is what is typical\.$/) });
  });

  test('has the uses of its region in the same currency, or its own', () => {
    const searched = { usage: { ...tokens, webSearches: 1_000 } };
    expect(amount([flat], searched)).toBe('no-price');
    expect(amount([{ ...flat, currency: 'USD' }], searched)).toBe('USD 10.13');
    expect(amount([{ ...flat, uses: { webSearches: '5' } }], searched)).toBe('EUR 5.13');
  });

  test('may be that of another model, documented or your own', () => {
    const snapshot: OwnPrice = { models: 'qwen-turbo-20*', date: '2026-01-01', pricedAs: 'qwen-turbo' };
    expect(amount([snapshot], { model: 'qwen-turbo-2025-04-28' })).toBe('USD 0.25');
    expect(amount([snapshot, flat], { model: 'qwen-turbo-2025-04-28' })).toBe('EUR 0.13');
    expect(amount([{ ...snapshot, models: '*' }], { model: 'qwen-turbo' })).toBe('USD 0.25');
  });

  test('without output is charged for input alone', () => {
    const vectors: OwnPrice = { ...flat, tiers: [{ input: '0.07' }] };
    expect(amount([vectors], { usage: { ...tokens, outputTokens: undefined } })).toBe('EUR 0.07');
    expect(amount([vectors])).toBe('no-price');
  });
});

test.each<[string, unknown, string]>([
  ['price', { overides: [] }, 'overides'],
  ['book', null, 'options'],
  ['overrides', { overrides: {} }, 'overrides'],
  ['entry', { overrides: ['qwen-plus'] }, 'overrides[0]'],
  ['models', { overrides: [{ ...flat, models: [] }] }, 'overrides[0].models'],
  ['regions', { overrides: [{ ...flat, regions: 'beijing' }] }, 'overrides[0].regions'],
  ['region', { overrides: [{ ...flat, regions: ['beijing', 'singapur'] }] }, 'overrides[0].regions[1]'],
  ['date', { overrides: [{ ...flat, date: 'today' }] }, 'overrides[0].date'],
  ['day', { overrides: [{ ...flat, date: '2026-02-30' }] }, 'overrides[0].date'],
  ['month', { overrides: [{ ...flat, date: '2026-13' }] }, 'overrides[0].date'],
  ['currency', { overrides: [{ ...flat, currency: '$' }] }, 'overrides[0].currency'],
  ['tiers', { overrides: [{ ...flat, tiers: [] }] }, 'overrides[0].tiers'],
  ['no input', { overrides: [{ ...flat, tiers: [{ output: '1' }] }] }, 'overrides[0].tiers[0].input'],
  ['number', { overrides: [{ ...flat, tiers: [{ input: 0.1 }] }] }, 'overrides[0].tiers[0].input'],
  ['negative', { overrides: [{ ...flat, tiers: [{ input: '-1' }] }] }, 'overrides[0].tiers[0].input'],
  [
    'misspelled',
    { overrides: [{ ...flat, tiers: [{ input: '1', ouput: '1' }] }] },
    'overrides[0].tiers[0].ouput',
  ],
  [
    'endless tier',
    { overrides: [{ ...flat, tiers: [{ input: '1' }, { input: '2' }] }] },
    'overrides[0].tiers[0].upTo',
  ],
  [
    'falling tiers',
    {
      overrides: [
        {
          ...flat,
          tiers: [
            { upTo: 9, input: '1' },
            { upTo: 9, input: '2' },
          ],
        },
      ],
    },
    'overrides[0].tiers[1].upTo',
  ],
  [
    'doubt',
    { overrides: [{ ...flat, tiers: [{ input: { rate: '1' } }] }] },
    'overrides[0].tiers[0].input.doubt',
  ],
  ['uses', { overrides: [{ ...flat, uses: { webSearch: '1' } }] }, 'overrides[0].uses.webSearch'],
  ['pricedAs', { overrides: [{ models: 'a', date: '2026-01', pricedAs: '' }] }, 'overrides[0].pricedAs'],
  ['both', { overrides: [{ ...flat, pricedAs: 'a' }] }, 'overrides[0].currency'],
  ['scope', { scopes: { frankfurt: 'europe' } }, 'scopes.frankfurt'],
  ['region of a scope', { scopes: { frankfrut: 'eu' } }, 'scopes.frankfrut'],
])('a wrong %s is named', (_, options, field) => {
  let error: unknown;
  try {
    createPriceBook(options as Parameters<typeof createPriceBook>[0]);
  } catch (cause) {
    error = cause;
  }
  expect(QwireError.is(error) && { kind: error.kind, field: error.field }).toEqual({
    kind: 'configuration',
    field,
  });
});

test('a region that is misspelled is answered with the one that was probably meant', () => {
  const make = (regions: readonly string[]) => () => createPriceBook({ overrides: [{ ...flat, regions }] });
  expect(make(['singapur'])).toThrow('must be a region; did you mean "singapore"?');
  expect(make(['atlantis'])).toThrow(/must be a region: .*singapore, ap-southeast-1/);
  expect(make(['singapore', 'cn-beijing'])).not.toThrow();
});

test.each(['yesterday', '', '2026-02-30', new Date(), 5])('no price is looked up as of %j', (at) => {
  const query = { model: 'qwen-plus', region: 'singapore', at: at as string };
  expect(() => createPriceBook().find(query)).toThrow(
    expect.objectContaining({ kind: 'configuration', field: 'at' }),
  );
});
