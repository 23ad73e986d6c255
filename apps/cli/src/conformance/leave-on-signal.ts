import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Leaves at the first Ctrl-C or request to end, as a process without listeners would, but so that `exit` listeners run:
 * they end the child processes, which the terminal does not reach.
 *
 * @returns gives the signals back.
 */
export function leaveOnSignal(): () => void {
  const leave = (signal: NodeJS.Signals) => process.exit(128 + constants.signals[signal]);
  for (const signal of signals) process.once(signal, leave);
  return () => {
    for (const signal of signals) process.off(signal, leave);
  };
}
