import { cannotMeasure, contenders, floorOf } from './contenders.ts';
import { type Probe, probes } from './probes.ts';
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
  /** How many are open at the same time where memory is measured; 1,000 unless given. */
  readonly streams?: number;
  readonly progress?: (done: number, all: number, what: string) => void;
}

/** Measures each contender in fresh processes, round after round. */
export async function runProbes(options: ProbeOptions): Promise<ProbeRow[]> {
  const { rounds, progress, streams = 1000 } = options;
  const names = options.contenders ?? Object.keys(contenders);
  const pairs = options.probes.flatMap((probe) =>
    names
      .filter((name) => !cannotMeasure[name]?.includes(probe))
      .map((name) => ({ probe, name, values: [] as number[] })),
  );
  await withServer(async (port) => {
    let done = 0;
    for (let round = 0; round < rounds; round++) {
      for (const { probe, name, values } of pairs) {
        values.push(await runProgram<number>('probe-worker', [name, probe, port, String(streams)]));
        progress?.(++done, pairs.length * rounds, `${probe}, ${name}`);
      }
    }
  });
  const medianOf = (probe: string, name: string) => {
    const values = pairs.find((pair) => pair.probe === probe && pair.name === name)?.values;
    return values && spreadOf(values).median;
  };
  return pairs.map(({ probe, name, values }) => {
    const value = spreadOf(values);
    const row = { probe, contender: name, value };
    const goal = goalOf(probes[probe], name);
    if (goal === undefined) return row;
    const floor = probes[probe]?.isAboveFloor ? medianOf(probe, floorOf(name)) : 0;
    return floor === undefined ? row : { ...row, goal, met: value.median - floor <= goal };
  });
}

function goalOf(probe: Probe | undefined, contender: string): number | undefined {
  if (!contender.startsWith('qwire-')) return;
  return probe?.goal?.[contender.endsWith('-node') ? 'node' : 'fetch'];
}

/** A table for each probe. */
export function printProbes(rows: readonly ProbeRow[]): string {
  return [...new Set(rows.map(({ probe }) => probe))]
    .map((name) => {
      const { title = name, unit = '', isAboveFloor } = probes[name] ?? {};
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
