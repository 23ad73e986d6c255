import {
  type Carrier,
  type CaseIndex,
  type ConformanceCase,
  checkCarrier,
  type Deviation,
  type Judgment,
  judge,
  loadCases,
  performCase,
  startLoopbackCarrier,
} from '@qwire/conformance';
import { excludedBecause } from './board-rule.ts';
import { quietly } from './quietly.ts';
import type { ScoredClient } from './scored-client.ts';
import { type View, viewCase } from './view-case.ts';

/** What came of one case and one client. */
export interface Scored {
  readonly testCase: ConformanceCase;
  readonly judgment: Judgment;
  /** Missing when the case does not apply to the client. */
  readonly view?: View;
}

interface RunOptions {
  readonly deviations?: readonly Deviation[];
  /** Only cases whose id contains this. */
  readonly filter?: string;
}

/** The cases that are on the board. */
export function boardCases({ cases }: CaseIndex = loadCases()): ConformanceCase[] {
  return cases.filter((testCase) => excludedBecause(testCase) === undefined);
}

/**
 * Holds one client to the board's cases of its wire, over real HTTP.
 *
 * @throws Error when the carrier does not deliver as it must; then no result could be trusted.
 */
export async function runClient(
  client: ScoredClient,
  cases: readonly ConformanceCase[],
  options: RunOptions = {},
): Promise<Scored[]> {
  const { filter = '' } = options;
  const carrier = await startLoopbackCarrier();
  try {
    const broken = await checkCarrier(carrier);
    if (broken.length > 0) throw new Error(broken.join('\n'));
    const results: Scored[] = [];
    for (const testCase of cases) {
      if (testCase.wireFormat !== client.driver.wireFormat || !testCase.id.includes(filter)) continue;
      results.push(await scoreCase(testCase, client, { ...options, carrier }));
    }
    return results;
  } finally {
    await carrier.stop();
  }
}

async function scoreCase(
  testCase: ConformanceCase,
  { driver, exposes, cannotSay }: ScoredClient,
  { carrier, deviations }: RunOptions & { readonly carrier: Carrier },
): Promise<Scored> {
  const because = missing(testCase, driver.supports) ?? cannotSay(testCase.call);
  if (because !== undefined) {
    return { testCase, judgment: { verdict: 'not-applicable', because, differences: [] } };
  }
  const observation = await quietly(() => performCase(testCase, { driver, carrier, timeLimitMs: 5000 }));
  const view = viewCase(testCase, observation, exposes);
  const deviation = deviations?.find((entry) => entry.case === testCase.id);
  return { testCase, view, judgment: judge(view.testCase, view.observation, { driver, deviation }) };
}

function missing(
  { requires }: ConformanceCase,
  supports: ScoredClient['driver']['supports'],
): string | undefined {
  for (const key of requires) {
    const { [key]: support } = supports;
    if (support !== true) return `no ${key}: ${support.because}`;
  }
  return undefined;
}
