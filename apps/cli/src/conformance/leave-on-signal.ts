import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Leaves at the first Ctrl-C or request to end, as a process without listeners would, but so that `exit` listeners run:
 * they end the child processes, which the terminal does not reach.
 */
export function leaveOnSignal(): void {
  for (const signal of signals) process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
