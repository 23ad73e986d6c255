import type { Difference } from '../compare-outcome.ts';
import type { Outcome } from '../outcome.ts';
import { createRedactor } from '../record/redactor.ts';

/** An outcome for a report: without the long rendering of its error, and without keys. */
export function reportOutcome({ error, ...outcome }: Outcome, secrets: readonly string[]): Outcome {
  const { rendered: _, ...rest } = error ?? {};
  return withoutSecrets(error ? ({ ...outcome, error: rest } as Outcome) : outcome, secrets);
}

/** The same value with each key blotted out, however it is written. */
export function withoutSecrets<Value>(value: Value, secrets: readonly string[]): Value {
  return JSON.parse(createRedactor({ keys: secrets }).blotKeys(JSON.stringify(value))) as Value;
}

/** A client shows no key in an error, however that is printed. */
export function leakedSecret({ error }: Outcome, secrets: readonly string[]): Difference[] {
  const shown = JSON.stringify(error ?? null);
  return secrets.some((secret) => shown.includes(secret))
    ? [{ path: 'error', expected: 'no API key, however it is printed', actual: 'the API key' }]
    : [];
}
