import { cannotMeasure, contenders } from './contenders.ts';
import type { Round } from './round.ts';
import { runProgram, withServer } from './with-server.ts';

export interface BenchOptions {
  /** Names of measures. */
  readonly measures: readonly string[];
  /** Names of contenders; all unless given. */
  readonly contenders?: readonly string[];
  readonly rounds: number;
  /** Of each measure's operations and times, how much is done: 1 for all. */
  readonly share: number;
  /** Told after each process. */
  readonly progress?: (what: string) => void;
}

/** Rounds by measure, then by contender. */
export type Figures = Record<string, Record<string, Round[]>>;

/**
 * Measures contenders in turn, a fresh process each, round after round.
 * @throws Error when a contender makes a wrong text of a reply, or fails.
 */
export async function runBench(options: BenchOptions): Promise<Figures> {
  const pairs = pairsOf(options);
  const figures: Figures = {};
  await withServer(async (port) => {
    const all = pairs.length * options.rounds;
    for (let done = 0; done < all; done++) {
      const { measure, name } = pairs[done % pairs.length] ?? { measure: '', name: '' };
      const round = await runProgram<Round>('worker', [name, measure, port, String(options.share)]);
      figures[measure] ??= {};
      figures[measure][name] ??= [];
      figures[measure][name].push(round);
      options.progress?.(`${measure}, ${name}`);
    }
  });
  return figures;
}

type Choice = Pick<BenchOptions, 'measures' | 'contenders'>;

function pairsOf({ measures, contenders: names = Object.keys(contenders) }: Choice) {
  return measures.flatMap((measure) =>
    names.filter((name) => !cannotMeasure[name]?.includes(measure)).map((name) => ({ measure, name })),
  );
}

/** How many processes it takes. */
export function countRounds(options: Choice & Pick<BenchOptions, 'rounds'>): number {
  return pairsOf(options).length * options.rounds;
}
