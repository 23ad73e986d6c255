/** What the service's refusals teach about one model of one workspace. */
export interface Pace {
  /** How long the next call had better wait, in milliseconds. */
  waitMs(): number;
  /** A call is sent; returns when. */
  started(): number;
  /** A call that was sent then is answered. */
  answered(startedAt: number): void;
  /** A call that was sent then is refused, because there are too many. */
  refused(startedAt: number, retryAfterMs: number | undefined): void;
}

/** In which refusals are forgotten: limits recover in about a minute. */
const recoveryMs = 60_000;
/** The first pause is no longer than the first wait of a call that is repeated; bursts need no more. */
const firstPauseMs = 2_000;
/** The lowest limit that is published for a model: 60 requests a minute. Nothing slower is ever learned. */
const slowestPerMs = 60 / 60_000;

/**
 * Multiplicative decrease, then increase: after a refusal calls pause, twice as long after each pause that ends in another
 * one, and go on at half the pace at which they were sent before. The pace doubles with each minute that passes. Calls that
 * were under way when the pause began teach nothing new, so that a volley of refusals counts once.
 *
 * No reply tells the service's remaining budget, and limits are shared by all keys of an account, so what others send is
 * felt by these refusals alone.
 */
export function createPace(): Pace {
  /** Starts within the last minute. */
  const starts: number[] = [];
  let slowed: { readonly at: number; readonly perMs: number } | undefined;
  let resumeAt = Number.NEGATIVE_INFINITY;
  /** Pauses since a call was answered that was sent after one. */
  let pauses = 0;

  return {
    waitMs() {
      const now = performance.now();
      const last = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
      return Math.max(0, resumeAt - now, last + 1 / paceAt(now) - now);
    },
    started() {
      const now = performance.now();
      starts.push(now);
      forget(now);
      return now;
    },
    answered(startedAt) {
      if (slowed && startedAt > slowed.at) pauses = 0;
    },
    refused(startedAt, retryAfterMs) {
      const now = performance.now();
      const isNews = !slowed || startedAt > slowed.at;
      if (isNews)
        slowed = { at: now, perMs: Math.max(slowestPerMs, Math.min(measured(now), paceAt(now)) / 2) };
      const pauseMs = retryAfterMs ?? (isNews ? randomly(firstPauseMs * 2 ** pauses) : 0);
      if (isNews) pauses += 1;
      resumeAt = Math.max(resumeAt, now + pauseMs);
    },
  };

  function paceAt(now: number): number {
    return slowed ? slowed.perMs * 2 ** ((now - slowed.at) / recoveryMs) : Number.POSITIVE_INFINITY;
  }

  /** Calls per millisecond since the first start of the last minute; of one second at least. */
  function measured(now: number): number {
    forget(now);
    return starts.length / Math.max(1_000, now - (starts[0] ?? now));
  }

  function forget(now: number): void {
    const kept = starts.findIndex((start) => start > now - recoveryMs);
    starts.splice(0, kept === -1 ? starts.length : kept);
  }
}

/** A random half of it keeps processes apart. */
function randomly(ms: number): number {
  const full = Math.min(recoveryMs, ms);
  return full / 2 + (full / 2) * Math.random();
}
