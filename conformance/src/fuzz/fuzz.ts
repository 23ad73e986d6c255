import { env } from 'node:process';
import fc, { type IAsyncProperty } from 'fast-check';
import { test } from 'vitest';

const fewRuns = 100;
const runs = Number(env.FUZZ_RUNS || fewRuns);
const isLong = runs > fewRuns;
const progressMs = 5_000;
/** Steps on the way from a value that fails to the smallest one that does. */
const mostShrinkSteps = 400;
/** Time for one property: as much as it takes where somebody asked for more runs, which 0 is to vitest. */
const timeLimitMs = isLong ? 0 : 60_000;

/**
 * Registers one vitest test that tries a property with generated values: 100 of them, or as many as `FUZZ_RUNS` says. A
 * failure prints the seed and the command that tries the same value again; many runs print their seed and progress.
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
      const outcome = await fc.check(watched(property, { name, numRuns }), { numRuns, seed, ...path });
      if (!outcome.failed) return;
      const report = await fc.asyncDefaultReportMessage(outcome);
      throw new Error(`${report}\n\nTo repeat it: ${repeatCommand(name, outcome)}`, {
        cause: outcome.errorInstance,
      });
    },
    timeLimitMs,
  );
}

function repeatCommand(
  name: string,
  { seed, counterexamplePath }: { readonly seed: number; readonly counterexamplePath: string | null },
): string {
  const path = counterexamplePath === null ? '' : ` FUZZ_PATH=${counterexamplePath}`;
  return `FUZZ_SEED=${seed}${path} npm run fuzz -- -t ${JSON.stringify(name)}`;
}

/** The same property; it tells how far it is, and is content with a value that is small enough. */
function watched<Values>(
  property: IAsyncProperty<Values>,
  { name, numRuns }: { readonly name: string; readonly numRuns: number },
): IAsyncProperty<Values> {
  let done = 0;
  let stepsLeft: number | undefined;
  let toldAt = performance.now();
  return {
    isAsync: () => property.isAsync(),
    generate: (random, runId) => property.generate(random, runId),
    shrink: (value) => property.shrink(value),
    runBeforeEach: () => property.runBeforeEach(),
    runAfterEach: () => property.runAfterEach(),
    async run(values) {
      if (stepsLeft === 0) return null;
      const failure = await property.run(values);
      if (stepsLeft !== undefined) stepsLeft -= 1;
      else if (failure !== null && 'error' in failure) stepsLeft = mostShrinkSteps;
      done += 1;
      if (isLong && performance.now() - toldAt > progressMs) {
        toldAt = performance.now();
        console.log(`${name}: ${done} of ${numRuns}`);
      }
      return failure;
    },
  };
}
