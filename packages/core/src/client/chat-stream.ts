import type { ChatEvent } from '../chat-event.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { ChatStream, EventIterator, StreamResult } from '../client.ts';
import { ResponseCollector } from '../collect-response.ts';
import { QwireError } from '../qwire-error.ts';
import type { Leaving } from './run-call.ts';
import { abortedError } from './watch.ts';

type Result = IteratorResult<ChatEvent, undefined>;

/** A stream that begins when it is first read, and remembers what it needs for `response()`. */
export class LazyStream<T> implements ChatStream<T> {
  readonly #reading: Reading;
  readonly #outcome = createOutcome<ChatResponse<T>>();
  #taken = false;

  /** @param complete makes what was collected into what the caller asked for */
  constructor(
    open: (leaving: Leaving) => Promise<StreamResult>,
    complete: (collected: ChatResponse) => Promise<ChatResponse<T>>,
  ) {
    const { resolve, reject } = this.#outcome;
    this.#reading = new Reading(open, { end: (collected) => resolve(complete(collected)), fail: reject });
  }

  [Symbol.asyncIterator](): EventIterator {
    if (this.#taken) {
      throw new QwireError('A stream can be read once', {
        kind: 'configuration',
        hint: 'Call stream() again for a second reply, or await response() for the whole of this one.',
      });
    }
    this.#taken = true;
    return this.#reading;
  }

  get textStream(): AsyncIterable<string> {
    return { [Symbol.asyncIterator]: () => readTexts(this[Symbol.asyncIterator]()) };
  }

  response(): Promise<ChatResponse<T>> {
    if (!this.#taken) void readToEnd(this[Symbol.asyncIterator]()).catch(() => {});
    return this.#outcome.promise;
  }
}

interface Ends {
  readonly end: (collected: ChatResponse) => void;
  readonly fail: (error: unknown) => void;
}

/** The one reading of a stream. */
class Reading implements EventIterator {
  readonly #open: (leaving: Leaving) => Promise<StreamResult>;
  readonly #leaving: Leaving = { left: false };
  readonly #ends: Ends;
  readonly #collector = new ResponseCollector();
  #opened: StreamResult | undefined;
  #source: AsyncIterator<ChatEvent, undefined> | EventIterator | undefined;
  #over = false;
  /** Of keeping an event; thrown at the next turn, after what was handed out. */
  #failure: unknown;
  #pending: Promise<Result> | undefined;

  constructor(open: (leaving: Leaving) => Promise<StreamResult>, ends: Ends) {
    this.#open = open;
    this.#ends = ends;
  }

  [Symbol.asyncIterator](): Reading {
    return this;
  }

  /** What has arrived is handed out at once: a promise for each event is what most of the time would go to. */
  take(): ChatEvent | undefined {
    const source = this.#source;
    if (this.#over || this.#pending || !source || !('take' in source)) return undefined;
    const event = source.take();
    return event && this.#keep(event) ? event : undefined;
  }

  next(): Promise<Result> {
    const value = this.take();
    if (value) return Promise.resolve({ done: false, value });
    // Whoever asks for several events at once gets them in order.
    const advance = () => this.#advance();
    const pending = this.#pending ? this.#pending.then(advance, advance) : advance();
    this.#pending = pending;
    const settled = () => {
      if (this.#pending === pending) this.#pending = undefined;
    };
    pending.then(settled, settled);
    return pending;
  }

  async return(): Promise<Result> {
    if (!this.#over) {
      this.#over = true;
      this.#ends.fail(abortedError('the loop over the stream was left early'));
      this.#leaving.left = true;
      this.#leaving.onLeave?.();
      await this.#source?.return?.();
    }
    return { done: true, value: undefined };
  }

  async #advance(): Promise<Result> {
    if (this.#over) return this.#ended();
    try {
      this.#source ??= await this.#begin();
      const result = await this.#source.next();
      if (!result.done) return this.#keep(result.value) ? result : this.#ended();
      if (!this.#over) this.#end();
      return result;
    } catch (error) {
      // Whoever left has ended the wait for it, and hears of no failure.
      if (this.#leaving.left) return this.#ended();
      this.#over = true;
      this.#ends.fail(error);
      throw error;
    }
  }

  async #begin() {
    this.#opened = await this.#open(this.#leaving);
    const events = this.#opened.events[Symbol.asyncIterator]();
    // Left while the first event was awaited.
    if (this.#over) await events.return?.();
    return events;
  }

  /** False for one more than a reply can have; the stream ends then. */
  #keep(event: ChatEvent): boolean {
    try {
      this.#collector.add(event);
      return true;
    } catch (error) {
      this.#over = true;
      this.#failure = error;
      this.#ends.fail(error);
      void this.#source?.return?.();
      return false;
    }
  }

  #end(): void {
    this.#over = true;
    if (this.#opened) this.#ends.end(this.#collector.response(this.#opened.rest()));
  }

  #ended(): Result {
    const thrown = this.#failure;
    this.#failure = undefined;
    if (thrown !== undefined) throw thrown;
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
