import { contenders, floorOf } from './contenders.ts';
import { connectionsGoal, goalOf, ratioGoals } from './goals.ts';
import { measures } from './measures.ts';
import type { Round } from './round.ts';
import type { Figures } from './run-bench.ts';
import { ratiosOf, spreadOf } from './statistics.ts';

/** One line of the results. Times are in µs. */
export interface Row {
  readonly measure: string;
  readonly contender: string;
  readonly cpu: number;
  readonly wall: number;
  /** CPU time beside the floor's. */
  readonly ratio?: { readonly min: number; readonly median: number; readonly max: number };
  /** Connections that were opened after the warm-up, the most of any round. */
  readonly connections: number;
  readonly goal?: number;
  readonly met?: boolean;
}

/** Medians of all rounds, and the ratios to the floor. */
export function toRows(figures: Figures): Row[] {
  return Object.entries(figures).flatMap(([measure, byContender]) =>
    Object.entries(byContender).map(([contender, rounds]) => {
      const cpu = rounds.map((round) => round.cpu);
      const ratios = ratiosOf(
        cpu,
        (byContender[floorOf(contender)] ?? []).map((round) => round.cpu),
      );
      const ratio = ratios.length > 0 ? spreadOf(ratios) : undefined;
      const goal = goalOf(ratioGoals[measure], contender);
      return {
        measure,
        contender,
        cpu: spreadOf(cpu).median,
        wall: spreadOf(rounds.map((round) => round.wall)).median,
        connections: Math.max(...rounds.map((round) => round.connections)),
        ...(ratio && { ratio }),
        ...(measure === 'connections' && connectionsVerdict(rounds, contender)),
        ...(ratio && goal !== undefined && { goal, met: ratio.median <= goal }),
      };
    }),
  );
}

/** A stream that was read to its end leaves its connection to the next. */
function connectionsVerdict(rounds: readonly Round[], contender: string) {
  const goal = goalOf(connectionsGoal, contender);
  return goal === undefined ? {} : { goal, met: rounds.every(({ connections }) => connections <= goal) };
}

/** The rows as a table for each measure, with goals where there are any. */
export function printRows(rows: readonly Row[]): string {
  const titles = [...new Set(rows.map((row) => row.measure))];
  return titles
    .map((name) => {
      const measure = measures[name];
      const lines = rows.filter((row) => row.measure === name).map(toLine);
      return [
        `${measure?.title ?? name} (CPU µs per ${measure?.per ?? 'operation'})`,
        heading,
        ...lines,
      ].join('\n');
    })
    .join('\n\n');
}

const heading = `  ${'contender'.padEnd(42)}${['CPU', 'wall', 'min', 'median', 'max', 'conn.'].map((title) => title.padStart(9)).join('')}  goal`;

function toLine({ contender, cpu, wall, ratio, connections, goal, met }: Row): string {
  const numbers = [cpu, wall, ratio?.min, ratio?.median, ratio?.max].map((value) =>
    (value === undefined ? '-' : value.toFixed(2)).padStart(9),
  );
  const verdict = goal === undefined ? '' : `  ≤ ${goal.toFixed(2)} ${met ? 'met' : 'not met'}`;
  const label = (contenders[contender] ?? contender).padEnd(42);
  return `  ${label}${numbers.join('')}${String(connections).padStart(9)}${verdict}`;
}
