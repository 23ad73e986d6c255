import { abortedError } from '../client/watch.ts';
import { QwireError } from '../qwire-error.ts';

/** Events that begin when they are first read and can be read once, and what they end in. */
export interface ReadOnce<Event, Response> extends AsyncIterable<Event> {
  /** Reads to the end when nobody else does. */
  response(): Promise<Response>;
}

/** @param interrupt called when the loop is left, also while the next event is still awaited */
export function readOnce<Event, Response>(
  read: () => AsyncGenerator<Event, Response, undefined>,
  interrupt: () => void,
): ReadOnce<Event, Response> {
  let taken = false;
  let resolve: (response: Response) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const outcome = new Promise<Response>((...settle) => {
    [resolve, reject] = settle;
  });
  // Whoever asks for the response hears of its failure; nobody else has to.
  outcome.catch(() => {});

  return {
    [Symbol.asyncIterator]() {
      const events = once();
      return {
        next: () => events.next(),
        return() {
          interrupt();
          return events.return();
        },
      };
    },
    response() {
      if (!taken) void readToEnd(once()).catch(() => {});
      return outcome;
    },
  };

  async function* once(): AsyncGenerator<Event, void, undefined> {
    if (taken) {
      throw new QwireError('A run can be read once', {
        kind: 'configuration',
        hint: 'Call runTools() again for a second run, or await response() for the whole of this one.',
      });
    }
    taken = true;
    try {
      resolve(yield* read());
    } catch (error) {
      reject(error);
      throw error;
    } finally {
      // Has no effect on what is settled.
      reject(abortedError('the loop over the run was left early'));
    }
  }
}

async function readToEnd(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}
