import type { Observed } from './case-schema.ts';
import { checkEvents } from './check-events.ts';
import { checkRequest } from './check-request.ts';
import { compareOutcome, type Difference } from './compare-outcome.ts';
import type { ConformanceCase } from './load-cases.ts';
import type { Outcome } from './outcome.ts';
import { isOpen, type Observation } from './perform-case.ts';

/** A case, or what is left of one when a client is held to a part of it; its errors may be of no kind (`null`). */
export interface JudgedCase extends Omit<ConformanceCase, 'expect' | 'alsoAllowed'> {
  readonly expect: Observed;
  readonly alsoAllowed: readonly { readonly expect: Observed }[];
}

/** Where what was seen is not what the case states, and not what holds for every case; empty when all is well. */
export function findDifferences(testCase: JudgedCase, observation: Observation): Difference[] {
  return [...requestDifferences(testCase, observation), ...outcomeDifferences(testCase, observation)];
}

export function requestDifferences(
  testCase: JudgedCase,
  { seen, unmatched, prefix }: Observation,
): Difference[] {
  const { exchanges, call } = testCase;
  const apiKey = call.client.apiKey ?? call.environment.DASHSCOPE_API_KEY;
  const differences = exchanges.flatMap(({ request }, position) => {
    const actual = seen[position];
    const path = `requests[${position}]`;
    return actual ? checkRequest(request, actual, { path, prefix, apiKey }) : [];
  });
  if (seen.length !== exchanges.length) {
    differences.push({ path: 'requests.length', expected: exchanges.length, actual: seen.length });
  }
  for (const { method, url } of unmatched) {
    differences.push({
      path: 'requests',
      expected: 'no request that belongs to no case',
      actual: `${method} ${url}`,
    });
  }
  return differences;
}

function outcomeDifferences(testCase: JudgedCase, { outcome, seen }: Observation): Difference[] {
  const { expect, alsoAllowed, call } = testCase;
  if (!outcome) return [{ path: 'ended', expected: expect.ended, actual: 'no outcome in time' }];
  const compared = [expect, ...alsoAllowed.map((other) => other.expect)].map((allowed) =>
    compareOutcome(allowed, outcome),
  );
  const differences = compared.find((found) => found.length === 0) ?? compared[0] ?? [];
  return [
    ...differences,
    ...checkEvents(outcome.events ?? [], outcome.ended === 'completed' && call.operation === 'stream'),
    ...findSecret(testCase, outcome),
    ...seen.filter(isOpen).map(() => ({ path: 'connection', expected: 'released', actual: 'still open' })),
  ];
}

function findSecret({ call }: JudgedCase, { error }: Outcome): Difference[] {
  const { apiKey } = call.client;
  const leaked = apiKey && JSON.stringify(error ?? null).includes(apiKey);
  return leaked
    ? [{ path: 'error', expected: 'no API key, however it is printed', actual: 'the API key' }]
    : [];
}
