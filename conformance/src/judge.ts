import type { CapabilityKey } from '@qwire/core';
import { compareOutcome, type Difference } from './compare-outcome.ts';
import type { Deviation } from './deviations.ts';
import type { ClientDriver } from './driver.ts';
import { findDifferences, type JudgedCase, requestDifferences } from './find-differences.ts';
import type { Observation } from './perform-case.ts';

export const verdicts = ['pass', 'fail', 'deviation', 'not-applicable', 'harness-error'] as const;

export type Verdict = (typeof verdicts)[number];

export interface Judgment {
  readonly verdict: Verdict;
  /** Why, where the differences do not say it. */
  readonly because?: string;
  readonly differences: readonly Difference[];
}

interface JudgeContext {
  readonly driver: ClientDriver;
  readonly deviation: Deviation | undefined;
}

/** The verdict on what was seen. A harness error is never covered by a deviation. */
export function judge(testCase: JudgedCase, observation: Observation, context: JudgeContext): Judgment {
  const { driver, deviation } = context;
  if (observation.thrown !== undefined) {
    return { verdict: 'harness-error', because: `The driver threw: ${observation.thrown}`, differences: [] };
  }
  const missing = missingCapability(testCase, driver);
  if (missing) return judgeRefusal(observation, missing);
  const differences = findDifferences(testCase, observation);
  if (!deviation) return { verdict: differences.length === 0 ? 'pass' : 'fail', differences };
  return judgeDeviation(testCase, observation, { deviation, differences });
}

export interface MissingCapability {
  readonly key: CapabilityKey;
  readonly because: string;
}

/** The first capability that the case needs and the client has not. */
export function missingCapability(
  { requires }: JudgedCase,
  { supports }: ClientDriver,
): MissingCapability | undefined {
  for (const key of requires) {
    const { [key]: support } = supports;
    if (support !== true) return { key, because: support.because };
  }
  return undefined;
}

function judgeRefusal({ seen, outcome }: Observation, { key, because }: MissingCapability): Judgment {
  const differences: Difference[] = [];
  if (seen.length > 0) differences.push({ path: 'requests.length', expected: 0, actual: seen.length });
  if (outcome?.ended !== 'failed' || outcome.error?.kind !== 'invalid-request') {
    differences.push({ path: 'error.kind', expected: 'invalid-request', actual: outcome?.error?.kind });
  }
  if (differences.length === 0)
    return { verdict: 'not-applicable', because: `no ${key}: ${because}`, differences };
  return {
    verdict: 'fail',
    because: `"${key}" is declared as not supported, but the call is not refused`,
    differences,
  };
}

interface DeviationContext {
  readonly deviation: Deviation;
  readonly differences: readonly Difference[];
}

function judgeDeviation(testCase: JudgedCase, observation: Observation, context: DeviationContext): Judgment {
  const { deviation, differences } = context;
  if (differences.length === 0) {
    return { verdict: 'fail', because: 'The case passes, so its deviation has to be removed', differences };
  }
  const { outcome } = observation;
  const paths = requestDifferences(testCase, observation).map(({ path }) => path);
  const stated = new Set(deviation.requestDifferences);
  const sameRequests = paths.every((path) => stated.has(path)) && stated.size === new Set(paths).size;
  const { observed } = deviation;
  const sameOutcome = outcome
    ? compareOutcome(observed, outcome).length === 0
    : observed.ended === 'no-outcome';
  if (sameRequests && sameOutcome) return { verdict: 'deviation', because: deviation.because, differences };
  return {
    verdict: 'fail',
    because: 'The case fails in another way than its deviation records',
    differences,
  };
}
