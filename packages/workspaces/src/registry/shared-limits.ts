import { type CallLimit, minuteMs } from '../limits/call-limit.ts';
import type { SharedLimiter } from '../limits/shared-counter.ts';

/** What a limiter has to count; the options of `rate-limiter-flexible` have the same names. */
export interface LimitWindow {
  /** Requests or tokens. */
  readonly points: number;
  /** In seconds. */
  readonly duration: number;
  /** Differs for what is counted apart; the limiter puts it before its keys. */
  readonly keyPrefix: string;
}

/** The same limits, the numbers among them counted by the limiters that `share` makes. */
export function sharedLimits(
  limits: readonly CallLimit[],
  share: (window: LimitWindow) => SharedLimiter,
): readonly CallLimit[] {
  return limits.map(({ windowMs = minuteMs, requests, tokens, models }) => ({
    models,
    ...(requests !== undefined && { requests: shared(requests, windowMs) }),
    ...(tokens !== undefined && { tokens: shared(tokens, windowMs) }),
  }));

  function shared(most: number | SharedLimiter, windowMs: number): SharedLimiter {
    if (typeof most !== 'number') return most;
    const duration = windowMs / 1_000;
    return share({ points: most, duration, keyPrefix: `qwire-${most}-in-${duration}s` });
  }
}
