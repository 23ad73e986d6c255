import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  shiftDecimal,
} from './decimal.ts';

/** The reference: a fraction of two whole numbers, which knows nothing of digits. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const text = fc
  .tuple(
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 10n ** 24n }),
    fc.option(fc.stringMatching(/^\d{1,18}$/), { nil: undefined }),
  )
  .map(
    ([minus, whole, fraction]) =>
      `${minus ? '-' : ''}${whole}${fraction === undefined ? '' : `.${fraction}`}`,
  );

function toFraction(number: string): Fraction {
  const [whole = '', fraction = ''] = number.split('.');
  let under = 1n;
  for (const _ of fraction) under *= 10n;
  const size = BigInt(whole.replace('-', '')) * under + BigInt(fraction || '0');
  return { over: number.startsWith('-') ? -size : size, under };
}

function same(a: Fraction, b: Fraction): boolean {
  return a.over * b.under === b.over * a.under;
}

function read(number: string): Decimal {
  const value = parseDecimal(number);
  if (!value) throw new Error(`${number} is no decimal number`);
  return value;
}

test('printing gives back the number that was read, in its shortest form', () => {
  fc.assert(
    fc.property(text, (number) => {
      const printed = formatDecimal(read(number));
      expect(same(toFraction(printed), toFraction(number))).toBe(true);
      expect(printed).toMatch(/^(-(?!0$))?(0|[1-9]\d*)(\.\d*[1-9])?$/);
    }),
  );
});

test('sums, products and order are those of fractions', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [left, right] = [toFraction(a), toFraction(b)];
      const under = left.under * right.under;
      const sum = { over: left.over * right.under + right.over * left.under, under };
      const product = { over: left.over * right.over, under };
      const difference = left.over * right.under - right.over * left.under;

      expect(same(toFraction(formatDecimal(addDecimals(read(a), read(b)))), sum)).toBe(true);
      expect(same(toFraction(formatDecimal(multiplyDecimals(read(a), read(b)))), product)).toBe(true);
      expect(compareDecimals(read(a), read(b))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
    }),
  );
});

test('sums do not depend on their order', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (numbers) => {
      const values = numbers.map(read);
      const forth = values.reduce(addDecimals);
      const back = values.toReversed().reduce(addDecimals);
      expect(formatDecimal(forth)).toBe(formatDecimal(back));
    }),
  );
});

test('rounding is off by half a step at most, and keeps what has no more digits', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 20 }), (number, digits) => {
      const rounded = roundDecimal(read(number), digits);
      const error = addDecimals(read(number), multiplyDecimals(rounded, read('-1')));
      const size = error.units < 0n ? multiplyDecimals(error, read('-1')) : error;
      const halfStep = shiftDecimal(read('0.5'), digits);
      expect(compareDecimals(size, halfStep)).toBeLessThanOrEqual(0);
      if (number.split('.')[1] === undefined)
        expect(formatDecimal(rounded)).toBe(formatDecimal(read(number)));
    }),
  );
});

test.each([
  ['0', '0'],
  ['-0.00', '0'],
  ['007.50', '7.5'],
  ['+1', '1'],
  ['1e-7', '0.0000001'],
  ['1.25E3', '1250'],
  ['12e+1', '120'],
])('%s prints as %s', (number, printed) => {
  expect(formatDecimal(read(number))).toBe(printed);
});

test.each(['', ' 1', '1.', '.5', '1,5', '0x10', 'NaN', 'Infinity', '1e9999', '1_000', '--1', '١'])(
  '%j is no decimal number',
  (number) => {
    expect(parseDecimal(number)).toBeUndefined();
  },
);
