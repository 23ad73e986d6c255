import type { ChatEvent } from '../chat-event.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { ChatStream, EventIterator, StreamResult } from '../client.ts';
import { createResponseCollector } from '../collect-response.ts';
import { QwireError } from '../qwire-error.ts';
import { abortedError } from './watch.ts';

type Result = IteratorResult<ChatEvent, undefined>;

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
  const outcome = createOutcome<ChatResponse<T>>();
  let taken = false;
  let opened: StreamResult | undefined;
  let source: AsyncIterator<ChatEvent, undefined> | EventIterator | undefined;
  let over = false;
  /** Of keeping an event; thrown at the next turn, after what was handed out. */
  let failure: unknown;
  let pending: Promise<Result> | undefined;

  const iterator: EventIterator = { take, next, return: leave, [Symbol.asyncIterator]: () => iterator };
  const stream: ChatStream<T> = {
    [Symbol.asyncIterator]: read,
    get textStream() {
      return onlyText(read);
    },
    response() {
      if (!taken) void readToEnd(read()).catch(() => {});
      return outcome.promise;
    },
  };
  return stream;

  function read(): EventIterator {
    if (taken) {
      throw new QwireError('A stream can be read once', {
        kind: 'configuration',
        hint: 'Call stream() again for a second reply, or await response() for the whole of this one.',
      });
    }
    taken = true;
    return iterator;
  }

  /** What has arrived is handed out at once: a promise for each event is what most of the time would go to. */
  function take(): ChatEvent | undefined {
    if (over || pending || !source || !('take' in source)) return undefined;
    const event = source.take();
    return event && keep(event) ? event : undefined;
  }

  /** False for one more than a reply can have; the stream ends then. */
  function keep(event: ChatEvent): boolean {
    try {
      collector.add(event);
      return true;
    } catch (error) {
      over = true;
      failure = error;
      outcome.reject(error);
      void source?.return?.();
      return false;
    }
  }

  function next(): Promise<Result> {
    const value = take();
    if (value) return Promise.resolve({ done: false, value });
    // Whoever asks for several events at once gets them in order.
    const wait = pending ? pending.then(advance, advance) : advance();
    pending = wait;
    const settled = () => {
      if (pending === wait) pending = undefined;
    };
    wait.then(settled, settled);
    return wait;
  }

  async function advance(): Promise<Result> {
    if (over) return ended();
    try {
      source ??= await begin();
      const result = await source.next();
      if (!result.done) return keep(result.value) ? result : ended();
      if (!over) end();
      return result;
    } catch (error) {
      over = true;
      outcome.reject(error);
      throw error;
    }
  }

  function ended(): Result {
    const thrown = failure;
    failure = undefined;
    if (thrown !== undefined) throw thrown;
    return { done: true, value: undefined };
  }

  async function begin() {
    opened = await open();
    const events = opened.events[Symbol.asyncIterator]();
    // Left while the first event was awaited.
    if (over) await events.return?.();
    return events;
  }

  function end(): void {
    over = true;
    if (opened) outcome.resolve(complete(collector.response(opened.rest())));
  }

  async function leave(): Promise<Result> {
    if (!over) {
      over = true;
      outcome.reject(abortedError('the loop over the stream was left early'));
      await source?.return?.();
    }
    return { done: true, value: undefined };
  }
}

function createOutcome<T>() {
  let resolve: (value: T | Promise<T>) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // Whoever asks for the response hears of its failure; nobody else has to.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

async function readToEnd(events: EventIterator): Promise<void> {
  for await (const _ of events);
}

function onlyText(read: () => EventIterator): AsyncIterable<string> {
  return { [Symbol.asyncIterator]: () => readTexts(read()) };
}

function readTexts(events: EventIterator): AsyncIterator<string, undefined> {
  return {
    next() {
      for (let event = events.take(); event; event = events.take()) {
        if (event.type === 'text-delta') return Promise.resolve({ done: false, value: event.text });
      }
      return nextText();
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };

  async function nextText(): Promise<IteratorResult<string, undefined>> {
    for (;;) {
      const { done, value } = await events.next();
      if (done) return { done, value };
      if (value.type === 'text-delta') return { done: false, value: value.text };
    }
  }
}
