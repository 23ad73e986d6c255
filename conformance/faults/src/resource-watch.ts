import { AsyncLocalStorage } from 'node:async_hooks';

/** Counts the timers that one call, among many at a time, sets and neither clears nor sees go off. */
export interface ResourceWatch {
  /** Runs a call of its own. */
  run<T>(call: () => Promise<T>): { readonly result: Promise<T>; readonly timers: () => number };
  /** Rejections that nobody took, as text. */
  readonly unhandled: readonly string[];
  close(): void;
}

type Timer = ReturnType<typeof setTimeout>;

/** Watches over the whole process: over its global `setTimeout`, and its unhandled rejections. */
export function createResourceWatch(): ResourceWatch {
  const calls = new AsyncLocalStorage<Set<Timer>>();
  const { setTimeout, clearTimeout } = globalThis;
  const unhandled: string[] = [];
  const owners = new WeakMap<Timer, Set<Timer>>();
  const onUnhandled = (reason: unknown) => void unhandled.push(String(reason));

  const counted = (listener: (...given: unknown[]) => void, ms?: number, ...given: unknown[]): Timer => {
    const owner = calls.getStore();
    const timer = setTimeout(() => {
      owner?.delete(timer);
      listener(...given);
    }, ms);
    owner?.add(timer);
    if (owner) owners.set(timer, owner);
    return timer;
  };
  const cleared = (timer: Timer) => {
    owners.get(timer)?.delete(timer);
    clearTimeout(timer);
  };
  Object.assign(globalThis, { setTimeout: counted, clearTimeout: cleared });
  process.on('unhandledRejection', onUnhandled);

  return {
    run(call) {
      const timers = new Set<Timer>();
      return {
        result: calls.run(timers, call),
        // Those of the platform keep no process alive.
        timers: () => [...timers].filter((timer) => timer.hasRef()).length,
      };
    },
    unhandled,
    close() {
      Object.assign(globalThis, { setTimeout, clearTimeout });
      process.off('unhandledRejection', onUnhandled);
    },
  };
}
