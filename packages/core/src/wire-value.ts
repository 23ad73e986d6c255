import { isRecord } from './json.ts';
import { QwireError } from './qwire-error.ts';

// Narrowing of values from the wire. What is not of the expected type counts as not sent; the raw reply keeps it.

const nothing: readonly never[] = [];
const noMembers: Readonly<Record<string, unknown>> = Object.freeze({});

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number, also one that was sent as text. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : nothing;
}

/** A place in a list: a whole number from 0. */
export function asIndex(value: unknown): number | undefined {
  const number = asNumber(value);
  return Number.isSafeInteger(number) && Number(number) >= 0 ? number : undefined;
}

/** A list of numbers and nothing else: with a gap it would be a wrong vector, or wrong bytes. */
export function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(Number.isFinite);
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : noMembers;
}

/**
 * JSON text of a tool call's arguments; some models send them as an object.
 *
 * @throws QwireError of kind `invalid-response` for an object that is nested too deep to be written.
 */
export function asJsonText(value: unknown): string | undefined {
  if (!isRecord(value)) return asText(value);
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new QwireError('The service sent arguments that are nested too deep', {
      kind: 'invalid-response',
      cause,
    });
  }
}

/** Records in the order of an index that each of them may name; without one, its place counts. */
export function inOrder(
  list: readonly unknown[],
  member = 'index',
): readonly Readonly<Record<string, unknown>>[] {
  const records = list.map(asRecord);
  if (records.length < 2) return records;
  return records
    .map((item, position) => ({ item, place: asNumber(item[member]) ?? position }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** The members that are numbers. */
export function numbersOf<Name extends string>(
  members: Readonly<Record<Name, unknown>>,
): { -readonly [name in Name]?: number } {
  const numbers: { -readonly [name in Name]?: number } = {};
  for (const name in members) {
    const number = asNumber(members[name]);
    if (number !== undefined) numbers[name] = number;
  }
  return numbers;
}

/** The members that are there, under the wire's names. */
export function renamed<T extends object>(
  source: T,
  names: Readonly<{ [member in keyof T]?: string }>,
): Readonly<Record<string, unknown>> {
  const members: Record<string, unknown> = {};
  for (const member in names) {
    const name = names[member];
    const value = source[member];
    if (name !== undefined && value !== undefined) members[name] = value;
  }
  return members;
}
