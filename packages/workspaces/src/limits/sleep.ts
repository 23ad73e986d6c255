/** The longest time that timers can count. */
export const longestTimerMs = 2 ** 31 - 1;

/** What `isTimeLimit` expects, in words. */
export const timeLimitWords = `above 0 and at most ${longestTimerMs}, or Infinity`;

/** Whether a limit of time can be kept: what is longer than timers can count would run out at once. */
export function isTimeLimit(ms: unknown): boolean {
  return typeof ms === 'number' && ms > 0 && (ms <= longestTimerMs || ms === Number.POSITIVE_INFINITY);
}

/** A timer; none for what is longer than timers can count. */
export function startTimer(ms: number, work: () => void): ReturnType<typeof setTimeout> | undefined {
  return ms <= longestTimerMs ? setTimeout(work, ms) : undefined;
}

/**
 * Waits at most as long as given; `onSleep` receives what ends it earlier. Rejects with the signal's reason.
 */
export function sleep(
  ms: number,
  { signal, onSleep }: { readonly signal: AbortSignal; readonly onSleep?: (wake: () => void) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = end(() => reject(signal.reason));
    const wake = end(resolve);
    const timer = setTimeout(wake, Math.min(Math.ceil(ms), longestTimerMs));
    signal.addEventListener('abort', onAbort, { once: true });
    onSleep?.(wake);
  });
}
