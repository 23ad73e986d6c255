import { invalid } from '@qwire/core/adapter-kit';
import type { Money } from '../money.ts';
import { formatDecimal, roundDecimal, shiftDecimal } from './decimal.ts';
import { readAmount } from './money-arithmetic.ts';

export interface MoneyFormat {
  /** Digits after the point at most, rounded for people; all digits unless given. */
  readonly digits?: number;
}

/**
 * An amount for people, such as `USD 1,234.50`: two digits after the point at least. An amount that rounding would make
 * nothing is shown as less than the least that can be shown, such as `USD <0.01`.
 */
export function formatMoney({ amount, currency }: Money, { digits }: MoneyFormat = {}): string {
  if (digits !== undefined && !(Number.isInteger(digits) && digits >= 0)) {
    throw invalid('digits', `must be a whole number from 0, got ${digits}`, 'configuration');
  }
  const exact = readAmount(amount);
  const shown = digits === undefined ? exact : roundDecimal(exact, digits);
  if (shown.units === 0n && exact.units !== 0n && digits !== undefined) {
    const least = withDigits(formatDecimal(shiftDecimal({ units: 1n, scale: 0 }, digits)), digits);
    return `${currency} ${exact.units < 0n ? '>-' : '<'}${least}`;
  }
  return `${currency} ${withDigits(formatDecimal(shown), Math.min(2, digits ?? 2))}`;
}

function withDigits(text: string, least: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const padded = fraction.padEnd(least, '0');
  return padded ? `${grouped}.${padded}` : grouped;
}
