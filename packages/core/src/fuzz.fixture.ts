import { env } from 'node:process';
import fc, { type IAsyncProperty } from 'fast-check';
import { test } from 'vitest';

const fewRuns = 100;
const runs = Number(env.FUZZ_RUNS || fewRuns);
const isLong = runs > fewRuns;

/**
 * Registers one vitest test that tries a property with generated values: 100 of them, or as many as `FUZZ_RUNS` says. A
 * failure prints the seed and the command that tries the same value again. The suite's `fuzz` is like it, but core must
 * not need the suite.
 *
 * @param share of that number, for properties that are cheap or take long
 */
export function fuzz<Values>(name: string, property: IAsyncProperty<Values>, share = 1): void {
  test(
    name,
    async () => {
      const numRuns = Math.max(1, Math.round(runs * share));
      const seed = Number(env.FUZZ_SEED || Date.now() % 2 ** 31);
      const path = env.FUZZ_PATH ? { path: env.FUZZ_PATH } : {};
      if (isLong) console.log(`${name}: ${numRuns} runs, FUZZ_SEED=${seed}`);
      const outcome = await fc.check(property, { numRuns, seed, ...path });
      if (!outcome.failed) return;
      const report = await fc.asyncDefaultReportMessage(outcome);
      const repeat = `FUZZ_SEED=${outcome.seed} FUZZ_PATH=${outcome.counterexamplePath ?? ''} npm run fuzz -- packages/core -t`;
      throw new Error(`${report}\n\nTo repeat it: ${repeat} ${JSON.stringify(name)}`, {
        cause: outcome.errorInstance,
      });
    },
    isLong ? 0 : 60_000,
  );
}
