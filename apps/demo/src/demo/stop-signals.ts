import type { EventEmitter } from 'node:events';

/** Milliseconds within which further signals belong to the same key press: npm passes on what the terminal sent too. */
const samePressMs = 500;

interface StopSignalsOptions {
  /** Called for a second key press, when stopping takes too long. */
  readonly onSecond: () => void;
  /** Called for the first. */
  readonly onFirst: () => void;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/** A signal that aborts when the process is asked to stop. */
export function listenForStop(source: EventEmitter, options: StopSignalsOptions): AbortSignal {
  const { onFirst, onSecond, now = () => performance.now() } = options;
  const controller = new AbortController();
  let firstMs: number | undefined;
  const stop = () => {
    if (firstMs === undefined) {
      firstMs = now();
      onFirst();
      controller.abort();
    } else if (now() - firstMs > samePressMs) {
      onSecond();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) source.on(name, stop);
  return controller.signal;
}
