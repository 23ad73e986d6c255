/** Serves one at a time: whoever came first, also when they come a second time. */
export interface Line {
  /**
   * Works until there is an outcome, as long as nobody who came earlier waits; then it is their turn before. Rejects with
   * the signal's reason when that is aborted while it waits.
   */
  enter<T>(place: Place, work: () => Promise<T | undefined>): Promise<T>;
}

interface Place {
  /** The lowest goes first. */
  readonly order: number;
  readonly signal: AbortSignal;
  /** Someone who came earlier waits. */
  readonly onOvertaken: () => void;
}

interface Waiting extends Place {
  readonly start: () => void;
}

export function createLine(): Line {
  /** The lowest order first. */
  const waiting: Waiting[] = [];
  let served: Place | undefined;

  return {
    async enter(place, work) {
      for (;;) {
        await admission(place);
        try {
          do {
            const outcome = await work();
            if (outcome !== undefined) return outcome;
          } while (!isOvertaken(place));
        } finally {
          served = undefined;
          waiting.shift()?.start();
        }
      }
    },
  };

  function isOvertaken({ order }: Place): boolean {
    return (waiting[0]?.order ?? order) < order;
  }

  function admission(place: Place): Promise<void> {
    const { order, signal } = place;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const member = { ...place, start };
      if (!served) return start();
      const after = waiting.findIndex((other) => other.order > order);
      waiting.splice(after === -1 ? waiting.length : after, 0, member);
      signal.addEventListener('abort', onAbort, { once: true });
      if (isOvertaken(served)) served.onOvertaken();

      function start() {
        served = place;
        signal.removeEventListener('abort', onAbort);
        resolve();
      }
      function onAbort() {
        waiting.splice(waiting.indexOf(member), 1);
        reject(signal.reason);
      }
    });
  }
}
