import type { ChatEvent } from '../chat-event.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { ChatStream, EventIterator, StreamResult } from '../client.ts';
import { ResponseCollector } from '../collect-response.ts';
import { QwireError } from '../qwire-error.ts';
import type { Leaving } from './run-call.ts';
import { abortedError } from './watch.ts';

type Result = IteratorResult<ChatEvent, undefined>;

type Complete<T> = (collected: ChatResponse) => ChatResponse<T> | Promise<ChatResponse<T>>;

/** A stream that begins when it is first read, and remembers what it needs for `response()`. */
export class LazyStream<T> implements ChatStream<T> {
  readonly #reading: Reading;
  readonly #complete: Complete<T>;
  #response: Promise<ChatResponse<T>> | undefined;
  #taken = false;

  /** @param complete makes what was collected into what the caller asked for */
  constructor(open: (leaving: Leaving) => Promise<StreamResult>, complete: Complete<T>) {
    this.#reading = new Reading(open);
    this.#complete = complete;
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
    if (!this.#response) {
      this.#response = this.#reading.collected().then(this.#complete);
      // Whoever waits for the response hears of its failure; nobody has to wait.
      this.#response.catch(() => {});
    }
    return this.#response;
  }
}

/** How a reading ended. */
type Ending = { readonly collected: ChatResponse } | { readonly failure: unknown };

/** The one reading of a stream. */
class Reading implements EventIterator {
  readonly #open: (leaving: Leaving) => Promise<StreamResult>;
  readonly #leaving: Leaving = { left: false, onLeave: undefined };
  readonly #collector = new ResponseCollector();
  #opened: StreamResult | undefined;
  #source: AsyncIterator<ChatEvent, undefined> | EventIterator | undefined;
  #over = false;
  #ending: Ending | undefined;
  #onEnd: ((ending: Ending) => void) | undefined;
  /** Of keeping an event; thrown at the next turn, after what was handed out. */
  #failure: unknown;
  /** The last of the turns that are waited for, and how many there are. */
  #pending: Promise<Result> | undefined;
  #turns = 0;
  // One of each for all turns: many streams are open at once, and wait.
  readonly #onResult = (result: Result) => {
    this.#endTurn();
    try {
      return this.#arrived(result);
    } catch (error) {
      return this.#failed(error);
    }
  };
  readonly #onFailure = (error: unknown) => {
    this.#endTurn();
    return this.#failed(error);
  };

  constructor(open: (leaving: Leaving) => Promise<StreamResult>) {
    this.#open = open;
  }

  /** What all events make, once they are read. */
  collected(): Promise<ChatResponse> {
    return new Promise((resolve, reject) => {
      this.#onEnd = (ending) => ('failure' in ending ? reject(ending.failure) : resolve(ending.collected));
      if (this.#ending) this.#onEnd(this.#ending);
    });
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
    this.#turns += 1;
    // Whoever asks for several events at once gets them in order.
    this.#pending = this.#pending ? this.#after(this.#pending) : this.#advance();
    return this.#pending;
  }

  async return(): Promise<Result> {
    if (!this.#over) {
      this.#end({
        failure: abortedError('the loop over the stream was left early', this.#collector.requestId),
      });
      this.#leaving.left = true;
      this.#leaving.onLeave?.();
      await this.#source?.return?.();
    }
    return { done: true, value: undefined };
  }

  #after(turn: Promise<Result>): Promise<Result> {
    const advance = () => this.#advance();
    return turn.then(advance, advance);
  }

  #advance(): Promise<Result> {
    const source = this.#source;
    const result = source && 'take' in source && !this.#over ? source.next() : this.#ask();
    return result.then(this.#onResult, this.#onFailure);
  }

  /** Begins where that is still to be done. An iterator of somebody else's may throw at once, or give no promise. */
  async #ask(): Promise<Result> {
    if (this.#over) return over;
    this.#source ??= await this.#begin();
    return this.#source.next();
  }

  #endTurn(): void {
    this.#turns -= 1;
    if (this.#turns === 0) this.#pending = undefined;
  }

  #arrived(result: Result): Result {
    if (this.#over) return this.#ended();
    if (!result.done) return this.#keep(result.value) ? result : this.#ended();
    if (this.#opened) this.#end({ collected: this.#collector.response(this.#opened.rest()) });
    return result;
  }

  /** Whoever left has ended the wait for it, and hears of no failure. */
  #failed(error: unknown): Result {
    if (this.#leaving.left) return this.#ended();
    this.#end({ failure: error });
    throw error;
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
      this.#failure = error;
      this.#end({ failure: error });
      void this.#source?.return?.();
      return false;
    }
  }

  #end(ending: Ending): void {
    this.#over = true;
    this.#ending ??= ending;
    this.#onEnd?.(this.#ending);
  }

  #ended(): Result {
    const thrown = this.#failure;
    this.#failure = undefined;
    if (thrown !== undefined) throw thrown;
    return over;
  }
}

const over = { done: true, value: undefined } as const;

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
