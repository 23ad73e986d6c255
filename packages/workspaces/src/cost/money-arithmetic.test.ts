import { QwireError } from '@qwire/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMoney, compareMoney, subtractMoney, sumMoney, toMoney } from './money-arithmetic.ts';

const usd = (amount: string | number) => toMoney(amount, 'USD');

test('tenths add up, which binary fractions do not', () => {
  expect(addMoney(usd(0.1), usd(0.2))).toEqual({ amount: '0.3', currency: 'USD' });
});

test('a number is taken as it is printed', () => {
  expect([usd(50), usd(1e-7), usd('0050.10'), usd(-2.5)].map(({ amount }) => amount)).toEqual([
    '50',
    '0.0000001',
    '50.1',
    '-2.5',
  ]);
});

test('currencies are summed apart', () => {
  const amounts = [usd('0.5'), toMoney('3', 'CNY'), usd('0.25'), toMoney('0.001', 'CNY')];
  expect(sumMoney(amounts)).toEqual([
    { amount: '3.001', currency: 'CNY' },
    { amount: '0.75', currency: 'USD' },
  ]);
  expect(sumMoney([])).toEqual([]);
});

test('a thousand small amounts sum to the last digit', () => {
  expect(sumMoney(Array.from({ length: 1_000 }, () => usd('0.000000468')))).toEqual([usd('0.000468')]);
});

test('what was taken away comes back when it is added', () => {
  const amount = fc.integer().map((units) => usd(`${units}e-6`));
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      expect(addMoney(subtractMoney(a, b), b)).toEqual(a);
      expect(compareMoney(a, b)).toBe(Math.sign(Number(a.amount) - Number(b.amount)));
    }),
  );
});

test.each([addMoney, subtractMoney, compareMoney])('%o refuses two currencies', (reckon) => {
  expect(() => reckon(usd(1), toMoney(1, 'CNY'))).toThrow(/USD and CNY.*one sum for each currency/);
});

test.each([
  ['amount', () => usd('1,5')],
  ['amount', () => usd(Number.NaN)],
  ['amount', () => sumMoney([{ amount: '', currency: 'USD' }])],
  ['currency', () => toMoney(1, 'usd')],
])('a wrong %s is named', (field, reckon) => {
  let error: unknown;
  try {
    reckon();
  } catch (cause) {
    error = cause;
  }
  expect(QwireError.is(error) && { kind: error.kind, field: error.field }).toEqual({
    kind: 'configuration',
    field,
  });
});
