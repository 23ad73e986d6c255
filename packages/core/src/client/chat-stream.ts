import type { ChatEvent } from '../chat-event.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { ChatStream, StreamResult } from '../client.ts';
import { createResponseCollector } from '../collect-response.ts';
import { QwireError } from '../qwire-error.ts';
import { abortedError } from './watch.ts';

/**
 * A stream that begins when it is first read, and remembers what it needs for `response()`.
 *
 * @param complete makes what was collected into what the caller asked for
 */
export function createChatStream<T>(
  open: () => Promise<StreamResult>,
  complete: (collected: ChatResponse) => Promise<ChatResponse<T>>,
): ChatStream<T> {
  const collector = createResponseCollector();
  let taken = false;
  let settle:
    | { resolve: (response: Promise<ChatResponse<T>>) => void; reject: (error: unknown) => void }
    | undefined;
  let outcome: Promise<ChatResponse<T>> | undefined;

  const stream: ChatStream<T> = {
    [Symbol.asyncIterator]: () => read(),
    get textStream() {
      return onlyText(stream);
    },
    response() {
      const result = response();
      if (!taken) void readToEnd(read()).catch(() => {});
      return result;
    },
  };
  return stream;

  function response(): Promise<ChatResponse<T>> {
    if (!outcome) {
      outcome = new Promise((resolve, reject) => {
        settle = { resolve, reject };
      });
      // Whoever asks for the response hears of its failure; nobody else has to.
      outcome.catch(() => {});
    }
    return outcome;
  }

  async function* read(): AsyncGenerator<ChatEvent, void, undefined> {
    if (taken) {
      throw new QwireError('A stream can be read once', {
        kind: 'configuration',
        hint: 'Call stream() again for a second reply, or await response() for the whole of this one.',
      });
    }
    taken = true;
    void response();
    let settled = false;
    try {
      const { events, rest } = await open();
      for await (const event of events) {
        collector.add(event);
        yield event;
      }
      settled = true;
      settle?.resolve(complete(collector.response(rest())));
    } catch (error) {
      settled = true;
      settle?.reject(error);
      throw error;
    } finally {
      if (!settled) settle?.reject(abortedError('the loop over the stream was left early'));
    }
  }
}

async function readToEnd(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

async function* onlyText(events: AsyncIterable<ChatEvent>): AsyncGenerator<string, void, undefined> {
  for await (const event of events) if (event.type === 'text-delta') yield event.text;
}
