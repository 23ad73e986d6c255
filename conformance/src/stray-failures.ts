import { describeError } from './describe-error.ts';
import type { Outcome } from './outcome.ts';

/** Failures that no caller of a client can catch; outside of the suite each of them ends the process. */
export interface StrayFailures {
  /** What the first one is to a caller; never settles without one. */
  readonly first: Promise<Outcome>;
  /** Lets go of the process again, and gives the first one, when there was one. */
  stop(): Promise<Outcome | undefined>;
}

const names = {
  unhandledRejection: 'unhandled rejection',
  uncaughtException: 'uncaught exception',
} as const;

type StrayEvent = keyof typeof names;

/**
 * Takes promises that are rejected without anybody listening, and errors thrown where no caller is, off the process, so
 * that they become the verdict of the case that caused them. Other listeners, such as a test runner's, hear nothing
 * meanwhile.
 */
export function watchStrayFailures(): StrayFailures {
  let seen: Outcome | undefined;
  let report: (outcome: Outcome) => void = () => {};
  const first = new Promise<Outcome>((resolve) => {
    report = resolve;
  });
  const restore = (Object.keys(names) as StrayEvent[]).map((event) =>
    listenAlone(event, (error) => {
      seen ??= crashed(event, error);
      report(seen);
    }),
  );
  return {
    first,
    async stop() {
      // The process tells of a rejection once the turn in which it happened is over.
      await new Promise((resolve) => setImmediate(resolve));
      for (const giveBack of restore) giveBack();
      return seen;
    },
  };
}

function listenAlone(event: StrayEvent, listener: (error: unknown) => void): () => void {
  const others = process.rawListeners(event) as ((...values: unknown[]) => void)[];
  process.removeAllListeners(event);
  process.on(event, listener);
  return () => {
    process.off(event, listener);
    for (const other of others) process.on(event, other);
  };
}

function crashed(event: StrayEvent, error: unknown): Outcome {
  const { rendered } = describeError(error);
  return {
    ended: 'failed',
    error: { kind: 'crash', message: `${names[event]}: ${String(error)}`, rendered },
  };
}
