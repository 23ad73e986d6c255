import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cannotMeasure, contenders } from './contenders.ts';
import type { Round } from './round.ts';

export interface BenchOptions {
  /** Names of measures. */
  readonly measures: readonly string[];
  /** Names of contenders; all unless given. */
  readonly contenders?: readonly string[];
  readonly rounds: number;
  /** Of each measure's operations, how many are done: 1 for all. */
  readonly share: number;
  /** Told after each process. */
  readonly progress?: (done: number, all: number, what: string) => void;
}

/** Rounds by measure, then by contender. */
export type Figures = Record<string, Record<string, Round[]>>;

const run = promisify(execFile);
const program = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

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
  const server = spawn(process.execPath, [program('server')], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [line] = await once(server.stdout, 'data');
    const port = String(line).trim();
    const all = pairs.length * options.rounds;
    for (let done = 0; done < all; done++) {
      const { measure, name } = pairs[done % pairs.length] ?? { measure: '', name: '' };
      const { stdout } = await run(process.execPath, [
        program('worker'),
        name,
        measure,
        port,
        String(options.share),
      ]);
      figures[measure] ??= {};
      figures[measure][name] ??= [];
      figures[measure][name].push(JSON.parse(stdout));
      options.progress?.(done + 1, all, `${measure}, ${name}`);
    }
    return figures;
  } finally {
    server.kill();
  }
}
