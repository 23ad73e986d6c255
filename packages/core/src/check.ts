import type { ErrorKind } from './error-kind.ts';
import { isRecord } from './json.ts';
import { QwireError } from './qwire-error.ts';

/** What the members of an object must be, by their names. */
export type Checks = Readonly<Record<string, Check>>;

/** What a member must be, in words and as a test. */
export interface Check {
  readonly what: string;
  readonly accepts: (value: unknown) => boolean;
  readonly required?: true;
  /** Of a value that is an object: what its own members must be. */
  readonly members?: Checks;
  /** Of a value that is an object with any members: what each must be. */
  readonly each?: Check;
}

interface Place {
  /** Path of the object; empty at the top. */
  readonly field: string;
  readonly kind?: ErrorKind | undefined;
}

/** What is wrong with which member, and how to mend it. */
export function invalid(field: string, problem: string, kind: ErrorKind = 'invalid-request'): QwireError {
  return new QwireError(`${field}: ${problem}`, { kind, field });
}

/** Throws for a value that is no object, and for members that nobody reads: most are misspelled. */
export function checkMembers(
  value: unknown,
  known: readonly string[],
  { field, kind = 'invalid-request' }: Place,
): asserts value is Readonly<Record<string, unknown>> {
  if (!isRecord(value))
    throw invalid(field || (kind === 'configuration' ? 'options' : 'request'), 'must be an object', kind);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw invalid(join(field, key), `is not known here. Known: ${known.join(', ')}`, kind);
  }
}

interface Table {
  readonly checks: Checks;
  readonly names: readonly string[];
  readonly required: readonly string[];
}

const tables = new WeakMap<() => Checks, Table>();

/**
 * Throws for the first member that is unknown, missing or wrong.
 *
 * @param makeChecks called once: tables take time to make, and many programs need few of them.
 */
export function checkObject(
  value: unknown,
  makeChecks: () => Checks,
  place: Place,
): asserts value is Readonly<Record<string, unknown>> {
  let table = tables.get(makeChecks);
  if (!table) {
    table = toTable(makeChecks());
    tables.set(makeChecks, table);
  }
  checkEach(value, table, place);
}

function toTable(checks: Checks): Table {
  const names = Object.keys(checks);
  return { checks, names, required: names.filter((name) => checks[name]?.required) };
}

function checkEach(value: unknown, { checks, names, required }: Table, place: Place): void {
  checkMembers(value, names, place);
  for (const name of required) checkMember(value, name, checks[name], place);
  // A plain object has its own members only, which are mostly few.
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  for (const name of isPlain ? Object.keys(value) : names) {
    if (value[name] !== undefined) checkMember(value, name, checks[name], place);
  }
}

function checkMember(
  value: Readonly<Record<string, unknown>>,
  name: string,
  check: Check | undefined,
  { field, kind }: Place,
): void {
  const member = value[name];
  if (!check?.accepts(member)) {
    // Text among options may be a key in the wrong place.
    const got = kind === 'configuration' && typeof member === 'string' ? 'other text' : show(member);
    throw invalid(join(field, name), `must be ${check?.what}, got ${got}`, kind);
  }
  if (!isRecord(member)) return;
  const inner = { field: join(field, name), kind };
  if (check.members) checkEach(member, toTable(check.members), inner);
  if (check.each) for (const key of Object.keys(member)) checkMember(member, key, check.each, inner);
}

function join(field: string, member: string): string {
  return field ? `${field}.${member}` : member;
}

/** Levels of JSON that are sent; what holds itself has more. */
const deepest = 200;

/**
 * Throws for what JSON cannot hold, or would hold as something else, such as NaN, which it writes as null. What writes
 * itself, such as a date, is looked at as written.
 */
export function checkJson(value: unknown, field: string, depth = 0): void {
  if (depth > deepest) throw invalid(field.slice(0, 80), 'is nested too deep, or holds itself');
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
    return;
  if (typeof value !== 'object') throw invalid(field, `is ${show(value)}, which JSON cannot hold`);
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    checkJson(value.toJSON(), field, depth + 1);
    return;
  }
  const isList = Array.isArray(value);
  if (!isList && Object.prototype.toString.call(value) !== '[object Object]') {
    throw invalid(field, 'is no plain object, so JSON cannot hold it');
  }
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined || isList)
      checkJson(member, isList ? `${field}[${name}]` : join(field, name), depth + 1);
  }
}

/** Reads a request whose members may throw by themselves, such as getters; the error names the member. */
export function readingRequest<T>(request: object, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (QwireError.is(cause)) throw cause;
    const field = findUnreadable(request) ?? 'request';
    throw new QwireError(`${field}: cannot be read`, { kind: 'invalid-request', field, cause });
  }
}

function findUnreadable(request: object): string | undefined {
  try {
    return Object.keys(request).find(
      (name) => !isReadable(() => JSON.stringify(request[name as keyof object])),
    );
  } catch {
    return undefined;
  }
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/** A value as it may be shown in an error: short, and never a whole object. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return isRecord(value) ? 'an object' : typeof value === 'function' ? 'a function' : String(value);
}

export function number(what: string, accepts: (value: number) => boolean): Check {
  return { what, accepts: (value) => typeof value === 'number' && Number.isFinite(value) && accepts(value) };
}

export function whole(lowest: number, highest = Number.MAX_SAFE_INTEGER, what = 'a whole number'): Check {
  const range = highest < Number.MAX_SAFE_INTEGER ? `${lowest} to ${highest}` : lowest;
  return number(
    `${what} from ${range}`,
    (value) => Number.isInteger(value) && value >= lowest && value <= highest,
  );
}

export const anything: Check = { what: 'anything', accepts: () => true };
export const boolean: Check = { what: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const text: Check = { what: 'text', accepts: (value) => typeof value === 'string' };
export const filledText: Check = {
  what: 'text that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
};

export const anObject: Check = { what: 'an object', accepts: isRecord };
export const aFunction: Check = { what: 'a function', accepts: (value) => typeof value === 'function' };

/** An object with these members. */
export function object(members: Checks): Check {
  return { what: `{ ${Object.keys(members).join(', ')} }`, accepts: isRecord, members };
}

/** `true`, `false` or an object with these members. */
export function switchOr(members: Checks): Check {
  const { what } = object(members);
  return {
    what: `true, false or ${what}`,
    accepts: (value) => typeof value === 'boolean' || isRecord(value),
    members,
  };
}

/** One of these texts. */
export function oneOf(...known: readonly string[]): Check {
  return {
    what: known.map((one) => `"${one}"`).join(' or '),
    accepts: (value) => known.some((one) => one === value),
  };
}

export function listOf(what: string, accepts: (item: unknown) => boolean): Check {
  return { what, accepts: (value) => isListOf(value, accepts) };
}

/** Gaps in a list count as items, because JSON writes them as null. */
export function isListOf(value: unknown, accepts: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && Array.from<unknown>(value).every(accepts);
}

export function needed(check: Check): Check {
  return { ...check, required: true };
}
