import type { Expectation } from './case-schema.ts';
import { isRecord } from './is-record.ts';

/**
 * What the scenario expects, with what one wire forces to differ. Lists and single values are replaced. A wire that
 * ends differently takes nothing over.
 */
export function mergeExpectation(shared: Expectation, wire: Expectation | undefined): Expectation {
  if (!wire) return shared;
  if (wire.ended !== undefined && wire.ended !== shared.ended) return wire;
  const merged: Expectation = { ...shared, ...wire };
  if (shared.error && wire.error) merged.error = { ...shared.error, ...wire.error };
  if (shared.response && wire.response) {
    merged.response = { ...shared.response, ...wire.response };
    if (shared.response.usage && wire.response.usage) {
      merged.response.usage = { ...shared.response.usage, ...wire.response.usage };
    }
  }
  return merged;
}

/** Paths of an expectation's single values and lists, such as `error.code`. */
export function leafPaths(expectation: Expectation): string[] {
  const { response, error, ...rest } = expectation;
  const { usage, ...responseRest } = response ?? {};
  return [
    ...Object.keys(rest),
    ...Object.keys(error ?? {}).map((key) => `error.${key}`),
    ...Object.keys(responseRest).map((key) => `response.${key}`),
    ...Object.keys(isRecord(usage) ? usage : {}).map((key) => `response.usage.${key}`),
  ];
}
