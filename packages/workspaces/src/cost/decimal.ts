/** A number without error: `units` times ten to the power of minus `scale`. */
export interface Decimal {
  readonly units: bigint;
  /** Digits after the point, from 0. */
  readonly scale: number;
}

export const zero: Decimal = { units: 0n, scale: 0 };

// The exponent is there for what JavaScript prints of its own numbers, such as 1e-7; three digits are enough for them.
const decimal = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

/** Reads text such as `0.000468`; `undefined` for what is no decimal number. */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole, fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const units = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { units: units * power(-scale), scale: 0 } : { units, scale };
}

/** All digits, no exponent, no rounding and no zeros at the end, so that equal numbers are equal texts. */
export function formatDecimal({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Below 0 when `a` is less, above 0 when it is more, 0 when they are the same number. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Divided by ten to the power of `digits`, which moves the point. */
export function shiftDecimal({ units, scale }: Decimal, digits: number): Decimal {
  return { units, scale: scale + digits };
}

/** To `digits` after the point, halves away from 0. For people only: no sum is made of it. */
export function roundDecimal(value: Decimal, digits: number): Decimal {
  if (value.scale <= digits) return value;
  const step = power(value.scale - digits);
  const half = value.units < 0n ? -step / 2n : step / 2n;
  return { units: (value.units + half) / step, scale: digits };
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * power(wanted - scale);
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
