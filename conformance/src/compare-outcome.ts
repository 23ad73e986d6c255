import type { ExpectedResponse, Observed } from './case-schema.ts';
import { isRecord } from './is-record.ts';
import { mergeDeltas } from './merge-deltas.ts';
import type { Outcome } from './outcome.ts';

/** One thing that is not as stated. */
export interface Difference {
  /** Such as `response.usage.inputTokens`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

type Compare = (path: string, expected: unknown, actual: unknown) => Difference[];

/**
 * Where an outcome is not as expected; empty when it is. What an expectation does not state is not compared, with
 * four exceptions: usage is compared as a whole, an absent list of warnings stands for none, an error where none
 * is expected is a difference, and so is a crash unless it is stated.
 */
export function compareOutcome(expect: Observed, outcome: Outcome): Difference[] {
  const differences: Difference[] = [];
  if (expect.ended !== outcome.ended) {
    differences.push({ path: 'ended', expected: expect.ended, actual: outcome.ended });
  }
  if (expect.events) {
    differences.push(...compareList('events', mergeDeltas(expect.events), mergeDeltas(outcome.events ?? [])));
  }
  if (expect.response) differences.push(...compareResponse(expect.response, outcome.response));
  if (expect.error) differences.push(...compareError(expect.error, outcome.error));
  else if (outcome.error && expect.ended === 'completed') {
    differences.push({ path: 'error', expected: undefined, actual: withoutRendered(outcome.error) });
  }
  return differences;
}

function compareResponse(expected: ExpectedResponse, actual: Outcome['response']): Difference[] {
  if (!actual) return [{ path: 'response', expected, actual }];
  return compareMembers('response', { warnings: [], ...expected }, actual);
}

function compareError(expected: NonNullable<Observed['error']>, actual: Outcome['error']): Difference[] {
  if (!actual) return [{ path: 'error', expected, actual }];
  const crash =
    expected.kind === undefined && actual.kind === 'crash'
      ? [{ path: 'error.kind', expected: "an error of the client's own", actual: 'crash' }]
      : [];
  return [...crash, ...compareMembers('error', expected, actual)];
}

function withoutRendered({ rendered: _, ...error }: NonNullable<Outcome['error']>) {
  return error;
}

/** Every stated member; members that are not stated are not compared. */
function compareMembers(path: string, expected: object, actual: unknown): Difference[] {
  if (!isRecord(actual)) return [{ path, expected, actual }];
  return Object.entries(expected).flatMap(([key, value]) => {
    const compare = special[key] ?? compareValue;
    return value === undefined ? [] : compare(`${path}.${key}`, value, actual[key]);
  });
}

function compareList(path: string, expected: unknown, actual: unknown): Difference[] {
  if (!Array.isArray(expected)) return compareValue(path, expected, actual);
  const list: readonly unknown[] = Array.isArray(actual) ? actual : [];
  const differences = expected.flatMap((item: unknown, index) => {
    const itemPath = `${path}[${index}]`;
    if (index >= list.length) return [{ path: itemPath, expected: item, actual: undefined }];
    return isRecord(item)
      ? compareMembers(itemPath, item, list[index])
      : compareValue(itemPath, item, list[index]);
  });
  const surplus = list.slice(expected.length).map((item, index) => ({
    path: `${path}[${expected.length + index}]`,
    expected: undefined,
    actual: item,
  }));
  return [...differences, ...surplus];
}

/** A number that is not stated must be absent, and so must one that is stated as `null`. */
function compareUsage(path: string, expected: unknown, actual: unknown): Difference[] {
  const stated = isRecord(expected) ? expected : {};
  const reported = isRecord(actual) ? actual : {};
  const keys = new Set([...Object.keys(stated), ...Object.keys(reported)]);
  return [...keys].flatMap((key) => compareValue(`${path}.${key}`, stated[key], reported[key]));
}

/** JSON values, compared deeply; an object in their place is a match, see `matches`. */
const compareValue: Compare = (path, expected, actual) =>
  matches(expected, actual) ? [] : [{ path, expected, actual }];

const compareJson: Compare = (path, expected, actual) =>
  equalJson(expected, actual) ? [] : [{ path, expected, actual }];

const special: Readonly<Record<string, Compare>> = {
  usage: compareUsage,
  toolCalls: compareList,
  choices: compareList,
  codeRuns: compareList,
  audio: (path, expected, actual) =>
    isRecord(expected) ? compareMembers(path, expected, actual) : compareValue(path, expected, actual),
  warnings: compareList,
  sources: compareList,
  source: (path, expected, actual) =>
    isRecord(expected) ? compareMembers(path, expected, actual) : compareValue(path, expected, actual),
  input: compareJson,
  object: compareJson,
  ocrResult: compareJson,
  result: compareJson,
  embeddings: compareJson,
  message: (path, expected, actual) =>
    // A response's message is an object; an error's and a warning's is text.
    isRecord(actual) ? compareJson(path, expected, actual) : compareValue(path, expected, actual),
  logprobs: compareJson,
};

function matches(expected: unknown, actual: unknown): boolean {
  if (expected === null) return actual === undefined || actual === null;
  if (isRecord(expected)) {
    if ('present' in expected) return actual !== undefined && actual !== null && actual !== '';
    if ('contains' in expected)
      return typeof actual === 'string' && actual.includes(String(expected.contains));
    if ('lacks' in expected)
      return typeof actual === 'string' && actual !== '' && !actual.includes(String(expected.lacks));
  }
  return equalJson(expected, actual);
}

/** Equal as JSON; a member that is `undefined` is a missing one. The order of members does not matter. */
export function equalJson(expected: unknown, actual: unknown): boolean {
  if (expected === null || actual === null || typeof expected !== 'object' || typeof actual !== 'object') {
    return expected === actual || (expected === null && actual === undefined);
  }
  if (Array.isArray(expected) || Array.isArray(actual)) {
    if (!Array.isArray(expected) || !Array.isArray(actual) || expected.length !== actual.length) return false;
    return expected.every((item, index) => equalJson(item, actual[index]));
  }
  const left = presentMembers(expected);
  const right = presentMembers(actual);
  if (left.size !== right.size) return false;
  return [...left].every(([key, value]) => right.has(key) && equalJson(value, right.get(key)));
}

function presentMembers(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
}
