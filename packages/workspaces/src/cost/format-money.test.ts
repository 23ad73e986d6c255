import { expect, test } from 'vitest';
import { formatMoney } from './format-money.ts';

test.each([
  ['0', undefined, 'USD 0.00'],
  ['50', undefined, 'USD 50.00'],
  ['0.000468', undefined, 'USD 0.000468'],
  ['1234567.5', undefined, 'USD 1,234,567.50'],
  ['-1234.5', undefined, 'USD -1,234.50'],
  ['0.125', 2, 'USD 0.13'],
  ['-0.125', 2, 'USD -0.13'],
  ['0.1249', 2, 'USD 0.12'],
  ['0.000468', 4, 'USD 0.0005'],
  ['0.000468', 2, 'USD <0.01'],
  ['-0.000468', 2, 'USD >-0.01'],
  ['0.4', 0, 'USD <1'],
  ['999.5', 0, 'USD 1,000'],
  ['0', 2, 'USD 0.00'],
])('%s with %s digits reads %s', (amount, digits, shown) => {
  expect(formatMoney({ amount, currency: 'USD' }, digits === undefined ? {} : { digits })).toBe(shown);
});

test('a wrong number of digits is refused', () => {
  expect(() => formatMoney({ amount: '1', currency: 'USD' }, { digits: -1 })).toThrow(
    'digits: must be a whole number',
  );
});
