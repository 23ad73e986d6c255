import { invalid } from '@qwire/core/adapter-kit';
import type { Money } from '../money.ts';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
} from './decimal.ts';

const minusOne: Decimal = { units: -1n, scale: 0 };

/**
 * An amount in its shortest form. A number is taken as JavaScript prints it, so that 0.1 is a tenth.
 *
 * @throws QwireError of kind `configuration` when the amount is no decimal number, or the currency no three letters.
 */
export function toMoney(amount: string | number, currency: string): Money {
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw invalid('currency', 'must be three capital letters such as "USD"', 'configuration');
  }
  return { amount: formatDecimal(readAmount(String(amount))), currency };
}

/** @throws QwireError of kind `configuration` when the currencies differ. */
export function addMoney(a: Money, b: Money): Money {
  return { amount: formatDecimal(addDecimals(...amounts(a, b))), currency: a.currency };
}

/** What is left of `a`; below 0 when it does not suffice. @throws QwireError of kind `configuration` when the currencies differ. */
export function subtractMoney(a: Money, b: Money): Money {
  const [left, right] = amounts(a, b);
  return {
    amount: formatDecimal(addDecimals(left, multiplyDecimals(right, minusOne))),
    currency: a.currency,
  };
}

/** Below 0 when `a` is less, above 0 when it is more. @throws QwireError of kind `configuration` when the currencies differ. */
export function compareMoney(a: Money, b: Money): -1 | 0 | 1 {
  return compareDecimals(...amounts(a, b));
}

/** One sum for each currency, in the order of their names. None for an empty list. */
export function sumMoney(amounts: Iterable<Money>): readonly Money[] {
  const sums = new Map<string, Decimal>();
  for (const { amount, currency } of amounts) {
    const value = readAmount(amount);
    const sum = sums.get(currency);
    sums.set(currency, sum ? addDecimals(sum, value) : value);
  }
  return [...sums]
    .map(([currency, sum]) => ({ amount: formatDecimal(sum), currency }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** @throws QwireError of kind `configuration` when the text is no decimal number. */
export function readAmount(text: string, field = 'amount'): Decimal {
  const value = parseDecimal(text);
  if (!value) {
    throw invalid(field, 'must be a decimal number such as "0.5"', 'configuration');
  }
  return value;
}

function amounts(a: Money, b: Money): [Decimal, Decimal] {
  if (a.currency !== b.currency) {
    const problem = `${a.currency} and ${b.currency} cannot be reckoned with each other; keep one sum for each currency`;
    throw invalid('currency', problem, 'configuration');
  }
  return [readAmount(a.amount), readAmount(b.amount)];
}
