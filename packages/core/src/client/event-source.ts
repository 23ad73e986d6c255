import type { ChatEvent } from '../chat-event.ts';
import type { ChatRequest } from '../chat-request.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { EventIterator, StreamRest } from '../client.ts';
import { emitResponse } from '../emit-response.ts';
import type { QwireError } from '../qwire-error.ts';
import { ServerSentEventReader } from '../server-sent-event-reader.ts';
import type { ResponseHead } from '../transport.ts';
import type { StreamReader, WireFormat } from '../wire-format.ts';
import type { Attempt } from './attempt.ts';
import { type BodyReader, drain, TextReader } from './read-body.ts';

/** What the events of one response are read with. */
export interface EventContext {
  readonly body: BodyReader;
  readonly attempt: Attempt;
  readonly wire: WireFormat;
  readonly request: ChatRequest;
  readonly head: ResponseHead;
  readonly onClose: () => void;
}

/** The events of one response, read on demand: no byte is asked for before its event is. */
export class EventSource implements EventIterator {
  readonly #context: EventContext;
  readonly #reader: StreamReader;
  readonly #frames: ServerSentEventReader;
  #queue: ChatEvent[] = [];
  #position = 0;
  #ended = false;
  #closed = false;
  #failure: QwireError | undefined;
  #whole: TextReader | undefined;
  #reply: ChatResponse | undefined;
  #hasBegun = false;

  constructor(context: EventContext) {
    this.#context = context;
    const { request, head, wire } = context;
    const emit = (event: ChatEvent) => void this.#queue.push(event);
    const reader = wire.createStreamReader({ request, head, emit });
    this.#reader = reader;
    this.#frames = new ServerSentEventReader((frame) => {
      if (!reader.done) reader.read(frame);
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What the reply holds beside its events. */
  get rest(): StreamRest {
    return this.#reply ?? { raw: this.#reader.raw, usage: this.#reader.usage, warnings: [] };
  }

  [Symbol.asyncIterator](): EventSource {
    return this;
  }

  take(): ChatEvent | undefined {
    const event = this.#closed ? undefined : this.#queue[this.#position];
    if (event !== undefined) this.#position += 1;
    return event;
  }

  /** What failed is thrown after what arrived. */
  async next(): Promise<IteratorResult<ChatEvent, undefined>> {
    while (this.#mustRead()) {
      try {
        this.#read(await this.#context.body.next());
      } catch (cause) {
        this.#failure = this.#context.attempt.toError(cause);
      }
    }
    const value = this.take();
    if (value !== undefined) return { done: false, value };
    if (this.#failure && !this.#closed) {
      this.#close();
      throw this.#failure;
    }
    await this.#finish();
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<ChatEvent, undefined>> {
    this.#close();
    return { done: true, value: undefined };
  }

  /** Waits for the first event, which is handed out later; until then the request may still be repeated. */
  async open(): Promise<void> {
    const first = await this.next();
    if (!first.done) this.#position -= 1;
  }

  /** Whether all that arrived was handed out, and there may be more. */
  #mustRead(): boolean {
    if (this.#closed || this.#position < this.#queue.length) return false;
    if (this.#position > 0) {
      this.#queue = [];
      this.#position = 0;
    }
    return !this.#ended && !this.#failure;
  }

  #read(chunk: Uint8Array | undefined): void {
    // The service and gateways answer a stream request with plain JSON at times; no line of a stream begins so.
    const first = this.#hasBegun ? undefined : chunk?.find((byte) => byte > space);
    if (first === brace) this.#whole = new TextReader();
    this.#hasBegun ||= first !== undefined;
    if (this.#whole) this.#readWhole(this.#whole, chunk);
    else this.#readFrames(chunk);
  }

  #readFrames(chunk: Uint8Array | undefined): void {
    if (chunk === undefined) this.#frames.end();
    else this.#frames.push(chunk);
    if (chunk === undefined || this.#reader.done) {
      this.#ended = true;
      this.#reader.end();
    }
  }

  #readWhole(text: TextReader, chunk: Uint8Array | undefined): void {
    if (chunk !== undefined) {
      text.push(chunk);
      return;
    }
    this.#ended = true;
    const { wire, request, head } = this.#context;
    this.#reply = wire.readChat(text.end(), { request, head });
    emitResponse(this.#reply, (event) => void this.#queue.push(event));
  }

  async #finish(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#context.onClose();
    await drain(this.#context.body, this.#context.attempt.watch);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#context.onClose();
    this.#context.body.cancel();
    this.#context.attempt.watch.close();
  }
}

const space = 0x20;
const brace = 0x7b;
