import { startTimer } from '../limits/sleep.ts';

/** @throws Error when whoever is asked takes longer; what it was asked to do may still happen. */
export function within<T>(limitMs: number, work: Promise<T>, who = "The ledger's store"): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = startTimer(limitMs, () => reject(new Error(`${who} did not answer within ${limitMs} ms`)));
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
