import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Carrier } from './carrier.ts';
import { type CarrierName, carrierNames } from './case-schema.ts';
import { checkCarrier } from './check-carrier.ts';
import { checkDriver } from './check-driver.ts';
import { type Deviation, strayDeviations } from './deviations.ts';
import type { ClientDriver } from './driver.ts';
import { type CaseIndex, loadCases } from './load-cases.ts';
import { describeDifferences } from './report/describe-differences.ts';
import { type CaseResult, failsRun } from './report/suite-report.ts';
import { runCase, runsOn, startCarrier } from './run-suite.ts';

export { fuzz } from './fuzz/fuzz.ts';
export { mutated } from './fuzz/mutations.ts';
export { type FuzzedAdapter, registerFuzz } from './fuzz/register-fuzz.ts';
export { registerChatFacts } from './register-chat-facts.ts';
export { registerCuts } from './register-cuts.ts';

export interface RegisterSuiteOptions {
  /** Those of the driver unless given. */
  readonly carriers?: readonly CarrierName[];
  /** This package's own unless given. */
  readonly cases?: CaseIndex;
  readonly deviations?: readonly Deviation[];
  /** A client that brings no outcome within this time fails the case; 5000 unless given. */
  readonly timeLimitMs?: number;
}

declare module 'vitest' {
  interface TaskMeta {
    conformance?: CaseResult;
  }
}

/**
 * Registers one vitest test for each case of the driver's wire format and each carrier. Each test carries its result as
 * `task.meta.conformance`, which vitest's JSON reporter writes out. The driver is stopped at the end.
 *
 * @throws Error naming the capabilities that the driver does not state.
 */
export function registerSuite(driver: ClientDriver, options: RegisterSuiteOptions = {}): void {
  checkDriver(driver);
  const {
    carriers = driver.carriers ?? carrierNames,
    cases: index = loadCases(),
    deviations = [],
    timeLimitMs = 5000,
  } = options;
  afterAll(() => driver.stop?.());
  for (const name of carriers) {
    describe(`${driver.name}, ${name}`, () => {
      let carrier: Carrier;

      beforeAll(async () => {
        carrier = await startCarrier(name);
        expect(await checkCarrier(carrier)).toEqual([]);
      });

      afterAll(() => carrier.stop());

      for (const testCase of index.cases.filter((entry) => runsOn(entry, driver, name))) {
        test(
          `${testCase.behavior}: ${testCase.title}`,
          async ({ task }) => {
            const known = { [driver.name]: deviations };
            const result = await runCase(testCase, { driver, carrier, deviations: known, timeLimitMs });
            task.meta.conformance = result;
            if (failsRun(result)) expect.fail(describeDifferences(result));
          },
          timeLimitMs + 5000,
        );
      }
    });
  }
  test(`each deviation of ${driver.name} names a case`, () => {
    expect(strayDeviations(deviations, index)).toEqual([]);
  });
}
