/**
 * Aborted by the first Ctrl-C or request to end, so that what is done so far can be written; the next one ends the
 * process at once. `onStop` may leave a clean line before that is said; `release` gives the signals back.
 */
export function stopSignal(onStop: () => void = () => console.error()): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const stopping = new AbortController();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const release = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  const stop = () => {
    release();
    onStop();
    console.error('Stopping. What is done so far is reported; Ctrl-C again ends at once.');
    stopping.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  return { signal: stopping.signal, release };
}

/** What a shell expects of a process that Ctrl-C has ended. */
export const interruptedExitCode = 130;
