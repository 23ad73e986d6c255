import type { Counter } from './counter.ts';

/**
 * Never more than the limit within any span as long as the window, wherever it begins: nobody knows where the service's
 * own windows do.
 */
export function createSlidingWindow({ limit, windowMs }: { limit: number; windowMs: number }): Counter {
  /** Oldest first. */
  const entries = new Set<{ readonly at: number; amount: number }>();
  let used = 0;

  return {
    async take(amount) {
      const now = performance.now();
      forget(now - windowMs);
      const asked = Math.min(amount, limit);
      if (used + asked > limit) return { waitMs: roomAt(asked) - now };
      const entry = { at: now, amount: asked };
      entries.add(entry);
      used += asked;
      return {
        async correct(actual) {
          if (entries.has(entry)) used += actual - entry.amount;
          entry.amount = actual;
        },
      };
    },
  };

  function forget(until: number): void {
    for (const entry of entries) {
      if (entry.at > until) return;
      entries.delete(entry);
      used -= entry.amount;
    }
  }

  /** When enough will have been forgotten. */
  function roomAt(asked: number): number {
    let left = used;
    let at = 0;
    for (const entry of entries) {
      if (left + asked <= limit) break;
      left -= entry.amount;
      at = entry.at + windowMs;
    }
    return at;
  }
}
