/** Resolves with the first Ctrl-C or request to end; the next one ends the process at once. */
export async function waitForStop(): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stop = () => {
    // Without a listener, a signal ends the process.
    for (const signal of signals) process.off(signal, stop);
    stopped.resolve();
  };
  for (const signal of signals) process.on(signal, stop);
  await stopped.promise;
}
