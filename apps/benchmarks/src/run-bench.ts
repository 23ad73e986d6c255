import { cannotMeasure, contenders } from './contenders.ts';
import type { Failures } from './failures.ts';
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
  /** Takes up who makes a wrong text of a reply, or fails otherwise: of them nothing is measured any more. */
  readonly failures: Failures;
  /** Told after each process. */
  readonly progress?: (what: string) => void;
}

/** Rounds by measure, then by contender. */
export type Figures = Record<string, Record<string, Round[]>>;

/** Measures contenders in turn, a fresh process each, round after round. Who fails in one has no figures of it. */
export async function runBench(options: BenchOptions): Promise<Figures> {
  const { failures } = options;
  const pairs = pairsOf(options);
  const figures: Figures = {};
  await withServer(async (port) => {
    const all = pairs.length * options.rounds;
    for (let done = 0; done < all; done++) {
      const { measure, name } = pairs[done % pairs.length] ?? { measure: '', name: '' };
      const args = [name, measure, port, String(options.share)];
      const round = await failures.unless(measure, name, () => runProgram<Round>('worker', args));
      figures[measure] ??= {};
      if (round) {
        figures[measure][name] ??= [];
        figures[measure][name].push(round);
      } else delete figures[measure][name];
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
