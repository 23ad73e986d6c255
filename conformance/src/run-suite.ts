import type { Carrier } from './carrier.ts';
import { type CarrierName, carrierNames } from './case-schema.ts';
import { checkCarrier } from './check-carrier.ts';
import { checkDriver } from './check-driver.ts';
import { type Deviation, overdueDeviations, strayDeviations } from './deviations.ts';
import type { ClientDriver } from './driver.ts';
import { startInterceptCarrier } from './intercept-carrier.ts';
import { type Judgment, judge, missingCapability } from './judge.ts';
import { type CaseIndex, type ConformanceCase, loadCases } from './load-cases.ts';
import { startLoopbackCarrier } from './loopback-carrier.ts';
import { performCase } from './perform-case.ts';
import { describeResult } from './report/describe-result.ts';
import { type CaseResult, citedSources, type SuiteReport, suiteVersions } from './report/suite-report.ts';

export interface RunSuiteOptions {
  readonly drivers: readonly ClientDriver[];
  /** Both unless given. */
  readonly carriers?: readonly CarrierName[];
  /** Only cases whose id or title contains this text. */
  readonly filter?: string;
  /** This package's own unless given. */
  readonly cases?: CaseIndex;
  /** Known deviations, by the driver's name. */
  readonly deviations?: Readonly<Record<string, readonly Deviation[]>>;
  /** A client that brings no outcome within this time fails the case; 5000 unless given. */
  readonly timeLimitMs?: number;
  /** Stops the run: what is done so far is reported, and that it was stopped is a problem of the run. */
  readonly signal?: AbortSignal;
  readonly onResult?: (
    result: CaseResult,
    progress: { readonly done: number; readonly total: number },
  ) => void;
}

/**
 * Lets every driver perform every case of its wire format, on every carrier, one after the other, and stops the drivers.
 *
 * @throws Error naming the capabilities that a driver does not state, or the carriers that it needs.
 */
export async function runSuite(options: RunSuiteOptions): Promise<SuiteReport> {
  const { drivers, carriers = carrierNames, cases: index = loadCases(), signal, onResult } = options;
  for (const driver of drivers) {
    checkDriver(driver);
    checkReachable(driver, carriers);
  }
  const startedAt = new Date();
  const results: CaseResult[] = [];
  const problems: string[] = [];
  const plan = carriers.map((carrier) => ({ carrier, runs: planRuns(options, index, carrier) }));
  const total = plan.reduce((sum, { runs }) => sum + runs.length, 0);

  for (const { carrier: name, runs } of plan) {
    if (signal?.aborted) break;
    const carrier = await startCarrier(name);
    try {
      const broken = await checkCarrier(carrier);
      problems.push(...broken);
      for (const { driver, testCase } of runs) {
        const result = await unlessStopped(signal, () =>
          runCase(testCase, { ...options, driver, carrier, broken }),
        );
        if (!result) break;
        results.push(result);
        onResult?.(result, { done: results.length, total });
      }
    } finally {
      await carrier.stop();
    }
  }
  if (signal?.aborted) problems.push(`The run was stopped after ${results.length} of ${total} cases`);
  problems.push(...(await stopDrivers(drivers)));
  const { stray, warnings } = reviewDeviations(options, index, startedAt);
  return {
    reportVersion: 1,
    ...suiteVersions(),
    casesDigest: index.digest,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    carriers,
    clients: drivers.map(({ name, version, wireFormat }) => ({ name, version, wireFormat })),
    problems: [...problems, ...stray],
    warnings,
    results,
    sources: citedSources(results, index.sources),
    absent: index.absent.filter(({ behavior }) =>
      matches(options.filter, behavior, index.behaviors.get(behavior)),
    ),
  };
}

/** The result, or nothing as soon as the run is stopped. */
async function unlessStopped<Result>(
  signal: AbortSignal | undefined,
  run: () => Promise<Result>,
): Promise<Result | undefined> {
  if (!signal) return run();
  if (signal.aborted) return undefined;
  let stop = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([run(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

interface RunCaseOptions {
  readonly driver: ClientDriver;
  readonly carrier: Carrier;
  readonly deviations?: RunSuiteOptions['deviations'];
  readonly timeLimitMs?: number;
  /** What the carrier's own check found; then no verdict is to be trusted. */
  readonly broken?: readonly string[];
}

/** Lets one driver perform one case, and judges it. */
export async function runCase(testCase: ConformanceCase, options: RunCaseOptions): Promise<CaseResult> {
  const { driver, carrier, deviations, timeLimitMs = 5000, broken = [] } = options;
  const context = { testCase, driver, carrier: carrier.name };
  const skipped = skipReason(testCase, driver);
  if (broken.length > 0)
    return describeResult(context, { verdict: 'harness-error', because: broken.join('; '), differences: [] });
  if (skipped) return describeResult(context, skipped);
  const observation = await performCase(testCase, { driver, carrier, timeLimitMs });
  const deviation = deviations?.[driver.name]?.find(
    (entry) => entry.case === testCase.id && (entry.carrier ?? carrier.name) === carrier.name,
  );
  return describeResult(context, judge(testCase, observation, { driver, deviation }), observation);
}

function skipReason(testCase: ConformanceCase, driver: ClientDriver): Judgment | undefined {
  const missing = driver.refusals === 'skip' ? missingCapability(testCase, driver) : undefined;
  if (!missing) return undefined;
  return { verdict: 'not-applicable', because: `no ${missing.key}: ${missing.because}`, differences: [] };
}

export async function startCarrier(name: CarrierName): Promise<Carrier> {
  return name === 'intercept' ? startInterceptCarrier() : startLoopbackCarrier();
}

function planRuns({ drivers, filter }: RunSuiteOptions, { cases }: CaseIndex, carrier: CarrierName) {
  return drivers.flatMap((driver) =>
    cases
      .filter((testCase) => runsOn(testCase, driver, carrier) && matches(filter, testCase.id, testCase.title))
      .map((testCase) => ({ driver, testCase })),
  );
}

/** Whether a case is one for this driver and this carrier. */
export function runsOn(
  testCase: ConformanceCase,
  { wireFormat, carriers = carrierNames }: ClientDriver,
  carrier: CarrierName,
): boolean {
  return (
    testCase.wireFormat === wireFormat &&
    testCase.status !== 'withdrawn' &&
    testCase.carriers.includes(carrier) &&
    carriers.includes(carrier)
  );
}

function checkReachable(
  { name, carriers = carrierNames }: ClientDriver,
  asked: readonly CarrierName[],
): void {
  if (asked.some((carrier) => carriers.includes(carrier))) return;
  throw new Error(`${name} takes part over ${carriers.join(', ')} only, not over ${asked.join(', ')}`);
}

/** What went wrong while drivers were stopped, or outside of any case. */
async function stopDrivers(drivers: readonly ClientDriver[]): Promise<string[]> {
  const stopped = await Promise.allSettled(drivers.map(async (driver) => driver.stop?.()));
  return stopped.flatMap((result, position) =>
    result.status === 'rejected'
      ? [
          `${drivers[position]?.name}: ${result.reason instanceof Error ? result.reason.message : result.reason}`,
        ]
      : [],
  );
}

function matches(filter: string | undefined, ...texts: readonly (string | undefined)[]): boolean {
  return filter === undefined || texts.some((text) => text?.toLowerCase().includes(filter.toLowerCase()));
}

function reviewDeviations({ deviations = {} }: RunSuiteOptions, index: CaseIndex, now: Date) {
  const all = Object.entries(deviations);
  return {
    stray: all.flatMap(([client, entries]) =>
      strayDeviations(entries, index).map(
        (entry) => `${client}: a deviation names "${entry.case}", which is no case`,
      ),
    ),
    warnings: all.flatMap(([client, entries]) =>
      overdueDeviations(entries, now.toISOString().slice(0, 10)).map(
        (entry) => `${client}: the deviation of ${entry.case} was to be reviewed by ${entry.reviewBy}`,
      ),
    ),
  };
}
