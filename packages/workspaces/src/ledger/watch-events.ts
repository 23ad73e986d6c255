import type { ChatEvent, StreamResult, Usage } from '@qwire/core';
import { unreportedUsage } from '@qwire/core/adapter-kit';
import { type Ending, endingOf } from './ending.ts';

/**
 * The same events. However they end, that is told once, and awaited: before the last event is handed out, before an error
 * is thrown, and before a loop that is left early goes on.
 */
export function watchEvents(
  { events, rest }: StreamResult,
  tell: (ending: Ending) => Promise<void>,
): AsyncIterableIterator<ChatEvent, undefined> {
  // Not a generator: one that was never read would not notice that it is given up.
  const source = events[Symbol.asyncIterator]();
  let requestId: string | undefined;
  let usage: Usage | undefined;
  let hasEnded = false;

  const watched: AsyncIterableIterator<ChatEvent, undefined> = {
    next,
    async return() {
      await source.return?.();
      await end({ outcome: 'cancelled', isIncomplete: true, ...soFar() });
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => watched,
  };
  return watched;

  async function next(): Promise<IteratorResult<ChatEvent, undefined>> {
    const result = await read();
    if (result.done) {
      await end({ outcome: 'completed', ...soFar() });
      return { done: true, value: undefined };
    }
    const event = result.value;
    if (event.type === 'response-start') requestId = event.requestId;
    if (event.type === 'usage') usage = event.usage;
    if (event.type === 'finish') await end({ outcome: 'completed', ...soFar() });
    return { done: false, value: event };
  }

  async function read() {
    try {
      return await source.next();
    } catch (error) {
      // Whoever is told has seen what went wrong with the telling; the stream's own error matters more.
      await end(endingOf(error, soFar())).catch(() => {});
      throw error;
    }
  }

  async function end(ending: Ending): Promise<void> {
    if (hasEnded) return;
    hasEnded = true;
    await tell(ending);
  }

  function soFar(): Pick<Ending, 'requestId' | 'usage'> {
    return { requestId, usage: usage ?? rest().usage ?? unreportedUsage };
  }
}
