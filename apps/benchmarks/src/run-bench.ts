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
  readonly progress?: (done: number, all: number, what: string) => void;
}

/** Rounds by measure, then by contender. */
export type Figures = Record<string, Record<string, Round[]>>;

/**
 * Measures contenders in turn, a fresh process each, round after round.
 * @throws Error when a contender makes a wrong text of a reply, or fails.
 */
export async function runBench(options: BenchOptions): Promise<Figures> {
  const names = options.contenders ?? Object.keys(contenders);
  const pairs = options.measures.flatMap((measure) =>
    names.filter((name) => !cannotMeasure[name]?.includes(measure)).map((name) => ({ measure, name })),
  );
  const figures: Figures = {};
  await withServer(async (port) => {
    const all = pairs.length * options.rounds;
    for (let done = 0; done < all; done++) {
      const { measure, name } = pairs[done % pairs.length] ?? { measure: '', name: '' };
      const round = await runProgram<Round>('worker', [name, measure, port, String(options.share)]);
      figures[measure] ??= {};
      figures[measure][name] ??= [];
      figures[measure][name].push(round);
      options.progress?.(done + 1, all, `${measure}, ${name}`);
    }
  });
  return figures;
}
