import { expect, test } from 'vitest';
import { alignAmounts } from './align-amounts.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });

test('points stand one below the other, with all digits, and what is not there is a dash', () => {
  expect(alignAmounts([usd('1234.5'), undefined, usd('0.000000119'), usd('0')])).toEqual([
    '1,234.50       ',
    '    –          ',
    '    0.000000119',
    '    0.00       ',
  ]);
});

test('digits that a number would lose are kept', () => {
  expect(alignAmounts([usd('12345678901234567890.1234567890123456789')])).toEqual([
    '12,345,678,901,234,567,890.1234567890123456789',
  ]);
});
