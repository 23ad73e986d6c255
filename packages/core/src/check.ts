import type { ErrorKind } from './error-kind.ts';
import { isRecord } from './json.ts';
import { QwireError } from './qwire-error.ts';

/** What is wrong with which member, and how to mend it. */
export function invalid(field: string, problem: string, kind: ErrorKind = 'invalid-request'): QwireError {
  return new QwireError(`${field}: ${problem}`, { kind, field });
}

/** Throws for a value that is no object, and for members that nobody reads: most are misspelled. */
export function checkMembers(
  value: unknown,
  known: readonly string[],
  options: { readonly field: string; readonly kind?: ErrorKind },
): asserts value is Readonly<Record<string, unknown>> {
  const { field, kind = 'invalid-request' } = options;
  if (!isRecord(value)) throw invalid(field || 'options', 'must be an object', kind);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const path = field ? `${field}.${key}` : key;
    throw invalid(path, `is not known here. Known: ${known.join(', ')}`, kind);
  }
}
