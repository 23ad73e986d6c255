import type { Failures } from './failures.ts';
import type { Round } from './round.ts';
import { exponentOf, spreadOf } from './statistics.ts';
import { runProgram, withServer } from './with-server.ts';

/** What grows, its sizes, and the unit of the whole cost. */
interface Growth {
  readonly title: string;
  readonly sizes: readonly number[];
  readonly unit: string;
}

/** All growths, by name. */
export const growths: Readonly<Record<string, Growth>> = {
  events: { title: 'events of a stream', sizes: [10, 100, 1000, 10_000, 100_000], unit: 'µs' },
  messages: { title: 'messages of a request', sizes: [1, 10, 100, 1000], unit: 'µs' },
  'open-streams': { title: 'open streams', sizes: [1, 10, 100, 1000, 2000], unit: 'KiB' },
};

/** Whole costs by size. */
export interface GrowthRow {
  readonly growth: string;
  readonly contender: string;
  readonly points: readonly { readonly size: number; readonly cost: number }[];
  /** What the cost of the three largest sizes grows with: 1 for in proportion. */
  readonly exponent: number;
  readonly isWorseThanLinear: boolean;
}

/** Above this, the cost is said to grow faster than the size; what lies between is noise. */
const limit = 1.1;

/** The contenders that are ours, and the floors. */
const grown = [
  'floor',
  'floor-dashscope',
  'qwire-openai-compatible-fetch',
  'qwire-openai-compatible-node',
  'qwire-dashscope-fetch',
  'qwire-dashscope-node',
];

export interface GrowthOptions {
  readonly rounds: number;
  /** Takes up who fails: of them nothing is measured any more. */
  readonly failures: Failures;
  readonly contenders?: readonly string[];
  /** The sizes above this are left out. */
  readonly largest?: number;
  readonly progress?: (what: string) => void;
}

/** Measures what each more event, message or open stream costs. Who fails at one size has no figures. */
export async function runGrowth(options: GrowthOptions): Promise<GrowthRow[]> {
  const { rounds, failures, progress } = options;
  const rows = rowsOf(options);
  return withServer(async (port) => {
    const results: GrowthRow[] = [];
    for (const { growth, contender, sizes } of rows) {
      const points = [];
      for (const size of sizes) {
        const costs: number[] = [];
        for (let round = 0; round < rounds; round++) {
          const cost = await failures.unless(growth, contender, () => measure(growth, contender, size, port));
          if (cost !== undefined) costs.push(cost);
          progress?.(`${size} ${growth}, ${contender}`);
        }
        if (failures.has(growth, contender)) break;
        points.push({ size, cost: spreadOf(costs).median });
      }
      if (failures.has(growth, contender)) continue;
      const exponent =
        points.length > 1 ? exponentOf(points.slice(-3).map(({ size, cost }) => [size, cost])) : 1;
      results.push({ growth, contender, points, exponent, isWorseThanLinear: exponent > limit });
    }
    return results;
  });
}

type Choice = Pick<GrowthOptions, 'contenders' | 'largest'>;

function rowsOf({ contenders = grown, largest = Number.POSITIVE_INFINITY }: Choice) {
  return Object.entries(growths).flatMap(([growth, { sizes }]) =>
    contenders.map((contender) => ({ growth, contender, sizes: sizes.filter((size) => size <= largest) })),
  );
}

/** How many processes it takes. */
export function countGrowth(options: Choice & Pick<GrowthOptions, 'rounds'>): number {
  return rowsOf(options).reduce((sum, { sizes }) => sum + sizes.length, 0) * options.rounds;
}

async function measure(growth: string, contender: string, size: number, port: string): Promise<number> {
  if (growth === 'open-streams') {
    return size * (await runProgram<number>('probe-worker', [contender, 'heap', port, String(size)]));
  }
  const measured = growth === 'events' ? `events-${size}` : `messages-${size}`;
  const { cpu } = await runProgram<Round>('worker', [contender, measured, port, '1']);
  return growth === 'events' ? cpu * size : cpu;
}

/** A line for each contender: what one more costs at each size, and the exponent. */
export function printGrowth(rows: readonly GrowthRow[]): string {
  return Object.entries(growths)
    .map(([name, { title, unit }]) => {
      const lines = rows
        .filter(({ growth }) => growth === name)
        .map(({ contender, points, exponent, isWorseThanLinear }) => {
          const each = points.map(({ size, cost }) => `${size}: ${(cost / size).toFixed(2)}`).join('  ');
          const verdict = isWorseThanLinear ? 'WORSE THAN LINEAR' : 'linear or better';
          return `  ${contender.padEnd(32)}${each}  exponent ${exponent.toFixed(2)}, ${verdict}`;
        });
      return [`${title} (${unit} for each, by how many there are)`, ...lines].join('\n');
    })
    .join('\n\n');
}
