import { cannotMeasure, contenders, floorOf } from './contenders.ts';
import type { Failures } from './failures.ts';
import { aboveFloorGoals, goalOf, probeGoals } from './goals.ts';
import { probes } from './probes.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { runProgram, withServer } from './with-server.ts';

/** One contender's figure in one probe, in the probe's unit. */
export interface ProbeRow {
  readonly probe: string;
  readonly contender: string;
  readonly value: Spread;
  readonly goal?: number;
  readonly met?: boolean;
}

export interface ProbeOptions {
  readonly probes: readonly string[];
  readonly contenders?: readonly string[];
  readonly rounds: number;
  /** Takes up who fails: of them nothing is measured any more. */
  readonly failures: Failures;
  /** How many are open at the same time where memory is measured; 1,000 unless given. */
  readonly streams?: number;
  readonly progress?: (what: string) => void;
}

/** Measures each contender in fresh processes, round after round. Who fails in one has no figures of it. */
export async function runProbes(options: ProbeOptions): Promise<ProbeRow[]> {
  const { rounds, failures, progress, streams = 1000 } = options;
  const pairs = pairsOf(options).map((pair) => ({ ...pair, values: [] as number[] }));
  await withServer(async (port) => {
    const most = Math.max(...pairs.map(({ times }) => times));
    for (let turn = 0; turn < rounds * most; turn++) {
      for (const { probe, name, times, values } of pairs) {
        if (turn >= rounds * times) continue;
        const args = [name, probe, port, String(streams)];
        const value = await failures.unless(probe, name, () => runProgram<number>('probe-worker', args));
        if (value !== undefined) values.push(value);
        progress?.(`${probe}, ${name}`);
      }
    }
  });
  const whole = pairs.filter(({ probe, name }) => !failures.has(probe, name));
  const medianOf = (probe: string, name: string) => {
    const values = whole.find((pair) => pair.probe === probe && pair.name === name)?.values;
    return values && spreadOf(values).median;
  };
  return whole.map(({ probe, name, values }) => {
    const value = spreadOf(values);
    const row = { probe, contender: name, value };
    const aboveFloor = aboveFloorGoals[probe];
    const goal = goalOf(aboveFloor ?? probeGoals[probe], name);
    if (goal === undefined) return row;
    const floor = aboveFloor ? medianOf(probe, floorOf(name)) : 0;
    return floor === undefined ? row : { ...row, goal, met: value.median - floor <= goal };
  });
}

type Choice = Pick<ProbeOptions, 'probes' | 'contenders'>;

function pairsOf({ probes: chosen, contenders: names = Object.keys(contenders) }: Choice) {
  return chosen.flatMap((probe) =>
    names
      .filter((name) => !cannotMeasure[name]?.includes(probe))
      .map((name) => ({ probe, name, times: probes[probe]?.times ?? 1 })),
  );
}

/** How many processes it takes. */
export function countProbes(options: Choice & Pick<ProbeOptions, 'rounds'>): number {
  return pairsOf(options).reduce((count, { times }) => count + times, 0) * options.rounds;
}

/** A table for each probe. */
export function printProbes(rows: readonly ProbeRow[]): string {
  return [...new Set(rows.map(({ probe }) => probe))]
    .map((name) => {
      const { title = name, unit = '' } = probes[name] ?? {};
      const isAboveFloor = name in aboveFloorGoals;
      const lines = rows
        .filter(({ probe }) => probe === name)
        .map(({ contender, value: { min, median, max }, goal, met }) => {
          const numbers = [min, median, max].map((value) => value.toFixed(2).padStart(9)).join('');
          const limit = `  ≤ ${goal}${isAboveFloor ? ' above the floor' : ''} ${met ? 'met' : 'not met'}`;
          const label = (contenders[contender] ?? contender).padEnd(42);
          return `  ${label}${numbers}${goal === undefined ? '' : limit}`;
        });
      return [`${title} (${unit}: min, median, max)`, ...lines].join('\n');
    })
    .join('\n\n');
}
