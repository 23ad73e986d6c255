import { setTimeout } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

export interface WaitOptions {
  /** How long the caller lets itself be kept waiting; 0 asks to be refused at once. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/**
 * Tries again what a burst throttled, until the caller's patience is at its end. Other limits are not waited out.
 *
 * @throws Refusal the last one.
 * @see https://www.alibabacloud.com/help/en/model-studio/rate-limit
 */
export async function waitOutBursts<T>(attempt: () => T, { waitMs, signal }: WaitOptions): Promise<T> {
  const end = performance.now() + waitMs;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const left = end - performance.now();
      if (!isBurst(error) || left <= 0) throw error;
      await setTimeout(Math.min(left, 20), undefined, { signal });
    }
  }
}

function isBurst(error: unknown): boolean {
  return error instanceof Refusal && error.error.native.code === 'Throttling.BurstRate';
}
