import { within } from '../ledger/within.ts';
import type { Counter, Taken } from './counter.ts';
import { longestTimerMs } from './sleep.ts';

/**
 * What counts in an engine that processes share. The limiters of `rate-limiter-flexible` are such, on Redis, PostgreSQL
 * and more.
 * @see https://github.com/animir/node-rate-limiter-flexible
 */
export interface SharedLimiter {
  /**
   * Takes points for the key. Rejects with when to come back, in `msBeforeNext`, if there are too few; with an error when
   * the engine failed.
   */
  consume(key: string, points?: number): Promise<LimiterAnswer>;
  /** The points of a window. Without them, calls that may need more than a window holds are never let through. */
  readonly points?: number;
  /** Gives points back. Without it, tokens that were reserved and not used count until the window ends. */
  reward?(key: string, points?: number): Promise<unknown>;
  /** Takes points, however few there are. Without it, tokens beyond what was reserved do not count. */
  penalty?(key: string, points?: number): Promise<unknown>;
}

interface LimiterAnswer {
  /** Until the window ends; below 0 when it never does. */
  readonly msBeforeNext: number;
  /** All points that were taken in the window. */
  readonly consumedPoints?: number;
}

interface Parts {
  readonly limiter: SharedLimiter;
  readonly key: string;
  readonly storeTimeoutMs: number;
  /** Receives what went wrong with the engine; calls go on without it. */
  readonly onError: (error: unknown) => void;
}

/** Points that are given back after a window has ended would add to the next one: none are, when it is about to end. */
const marginMs = 1_000;
/** Other processes tell nobody what they give back. */
const lookAgainMs = 1_000;
/** Limiters tell whole milliseconds, and clocks differ a little. */
const soonestMs = 5;

/** Where the engine fails, the call is let through: the service has limits of its own. */
export function createSharedCounter({ limiter, key, storeTimeoutMs, onError }: Parts): Counter {
  const { points } = limiter;
  // A wrapper has none, which is written as 0.
  const most = points !== undefined && points > 0 ? points : Number.POSITIVE_INFINITY;

  return {
    async take(amount) {
      const asked = Math.min(amount, most);
      try {
        return holding(
          asked,
          await within(storeTimeoutMs, limiter.consume(key, asked), 'The shared limiter'),
        );
      } catch (reason) {
        if (!isAnswer(reason)) {
          onError(reason);
          return { correct: async () => {} };
        }
        // Limiters count what they refuse, except what they refuse from memory.
        const { consumedPoints = 0, msBeforeNext } = reason;
        if (consumedPoints >= asked) await holding(asked, reason).correct(0);
        return { waitMs: waitOf(msBeforeNext) };
      }
    },
  };

  function waitOf(msBeforeNext: number): number {
    const mostMs = limiter.reward ? lookAgainMs : longestTimerMs;
    return msBeforeNext < 0 ? lookAgainMs : Math.min(mostMs, Math.max(soonestMs, msBeforeNext));
  }

  function holding(asked: number, { msBeforeNext }: LimiterAnswer): Taken {
    const endsAt = msBeforeNext < 0 ? Number.POSITIVE_INFINITY : performance.now() + msBeforeNext;
    let counted = asked;
    return {
      async correct(actual) {
        const more = actual - counted;
        counted = actual;
        const isOpen = performance.now() + marginMs < endsAt;
        const corrected =
          more > 0
            ? limiter.penalty?.(key, more)
            : more < 0 && isOpen
              ? limiter.reward?.(key, -more)
              : undefined;
        await corrected?.catch(onError);
      },
    };
  }
}

function isAnswer(reason: unknown): reason is LimiterAnswer {
  return (
    typeof reason === 'object' &&
    reason !== null &&
    'msBeforeNext' in reason &&
    typeof reason.msBeforeNext === 'number'
  );
}
