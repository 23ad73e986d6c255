import { firstCarrier, withCarrier } from '../self-check/with-carrier.ts';
import type { Carrier } from '../src/carrier.ts';
import { carrierNames } from '../src/case-schema.ts';
import type { Verdict } from '../src/judge.ts';
import { type ConformanceCase, loadCases } from '../src/load-cases.ts';
import { runCase } from '../src/run-suite.ts';
import { type Defect, defectNames } from './defects.ts';
import { referenceClient } from './reference-client.ts';

/** For each defect, the cases that are proven to catch it. */
export type KillTable = Readonly<Record<Defect, readonly string[]>>;

export interface KillProof {
  readonly table: KillTable;
  /** Cases that say that they catch a defect, and do not; or name a defect that does not exist. */
  readonly untrue: readonly string[];
}

/** Gives the reference client each defect that a case says it guards against, and sees whether that case fails. */
export async function proveKills(cases: readonly ConformanceCase[] = loadCases().cases): Promise<KillProof> {
  const table = Object.fromEntries(defectNames.map((name): [Defect, string[]] => [name, []])) as Record<
    Defect,
    string[]
  >;
  const untrue: string[] = [];
  for (const name of carrierNames) {
    await withCarrier(name, async (carrier) => {
      for (const testCase of cases.filter((entry) => firstCarrier(entry) === name)) {
        for (const guard of testCase.guards) {
          const defect = defectNames.find((known) => known === guard);
          if (!defect) untrue.push(`${testCase.id}: there is no defect "${guard}"`);
          else if (await isCaught(testCase, defect, carrier)) table[defect].push(testCase.id);
          else untrue.push(`${testCase.id} does not catch "${guard}"`);
        }
      }
    });
  }
  for (const caught of Object.values(table)) caught.sort();
  return { table, untrue };
}

/** Cases that catch a defect, whether they say so or not; at most as many as asked for. */
export async function findCatchers(
  defect: Defect,
  {
    cases = loadCases().cases,
    atMost,
  }: { readonly cases?: readonly ConformanceCase[]; readonly atMost: number },
): Promise<string[]> {
  const found: string[] = [];
  for (const testCase of cases) {
    if (found.length === atMost) break;
    await withCarrier(firstCarrier(testCase), async (carrier) => {
      const sound = (await verdictOf(testCase, new Set(), carrier)) === 'pass';
      if (sound && (await isCaught(testCase, defect, carrier))) found.push(testCase.id);
    });
  }
  return found;
}

async function isCaught(testCase: ConformanceCase, defect: Defect, carrier: Carrier): Promise<boolean> {
  return (await verdictOf(testCase, new Set([defect]), carrier)) === 'fail';
}

async function verdictOf(
  testCase: ConformanceCase,
  defects: ReadonlySet<Defect>,
  carrier: Carrier,
): Promise<Verdict> {
  const driver = referenceClient(testCase, defects);
  // A client that never comes back need not be waited for; any other gets its time, however busy the machine is.
  const timeLimitMs = endless.some((defect) => defects.has(defect)) ? 400 : 10_000;
  return (await runCase(testCase, { driver, carrier, timeLimitMs })).verdict;
}

const endless: readonly Defect[] = ['ignore-abort', 'ignore-time-limits', 'options-of-the-call-ignored'];
