import type { QwireError } from '../qwire-error.ts';

/** A wait asked for that is longer than this is not waited for: the caller gets the error instead. */
const longestWaitMs = 60_000;
const backoff = {
  /** Limits recover within a minute, but not at once. */
  'rate-limited': { firstMs: 2_000, mostMs: 30_000 },
  other: { firstMs: 500, mostMs: 8_000 },
};

/**
 * Tries after the first where nobody says how many: two, and for limits as many as take a minute, after which they have
 * recovered.
 */
export function defaultRetries({ kind }: QwireError): number {
  return kind === 'rate-limited' ? 7 : 2;
}

/**
 * How long to wait before the next try, in milliseconds, or `undefined` when there must be none. What the service asks
 * for is kept to; else the wait doubles with each try, and a random half of it keeps clients apart.
 */
export function retryDelayMs(
  error: QwireError,
  options: { readonly tries: number; readonly random: () => number },
): number | undefined {
  if (!error.retryable) return undefined;
  if (error.retryAfterMs !== undefined)
    return error.retryAfterMs <= longestWaitMs ? error.retryAfterMs : undefined;
  const { firstMs, mostMs } = backoff[error.kind === 'rate-limited' ? 'rate-limited' : 'other'];
  const full = Math.min(mostMs, firstMs * 2 ** (options.tries - 1));
  return full / 2 + (full / 2) * options.random();
}

/** Waits, unless the signal is aborted first; then it throws the signal's reason. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
