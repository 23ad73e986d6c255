import type { ChatEvent } from '../chat-event.ts';
import type { ChatRequest } from '../chat-request.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { EventIterator, StreamRest } from '../client.ts';
import { emitResponse } from '../emit-response.ts';
import type { QwireError } from '../qwire-error.ts';
import { ServerSentEventReader } from '../server-sent-event-reader.ts';
import type { BodyChunk, ResponseHead } from '../transport.ts';
import type { StreamContext, StreamReader, WireFormat } from '../wire-format.ts';
import type { Attempt } from './attempt.ts';
import { type BodyReader, drain, TextReader } from './read-body.ts';

/** What the events of one response are read with. */
export interface EventContext {
  readonly body: BodyReader;
  readonly attempt: Attempt;
  readonly wire: WireFormat;
  readonly request: ChatRequest;
  readonly head: ResponseHead;
}

type Result = IteratorResult<ChatEvent, undefined>;

/** The events of one response, read on demand: no byte is asked for before its event is. */
export class EventSource implements EventIterator {
  readonly #body: BodyReader;
  readonly #attempt: Attempt;
  readonly #wire: WireFormat;
  readonly #context: StreamContext;
  readonly #reader: StreamReader;
  readonly #frames: ServerSentEventReader;
  #queue: ChatEvent[] = [];
  #position = 0;
  #ended = false;
  #closed = false;
  #failure: QwireError | undefined;
  #whole: TextReader | undefined;
  #reply: ChatResponse | undefined;
  #hasBytes = false;
  /** The first event is there: the request is not repeated any more. */
  #hasBegun = false;
  // One of each for all chunks: many streams are open at once, and wait.
  readonly #onChunk = (chunk: BodyChunk) => {
    this.#keep(chunk);
    return this.#afterRead();
  };
  readonly #onFailure = (cause: unknown) => {
    this.#fail(cause);
    return this.#afterRead();
  };

  constructor({ body, attempt, wire, request, head }: EventContext) {
    this.#body = body;
    this.#attempt = attempt;
    this.#wire = wire;
    this.#context = { request, head, emit: (event) => this.#emit(event) };
    this.#reader = wire.createStreamReader(this.#context);
    this.#frames = new ServerSentEventReader(this.#reader);
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
  next(): Promise<Result> {
    if (this.#mustRead()) return this.#body.read().then(this.#onChunk, this.#onFailure);
    const value = this.take();
    return value === undefined ? this.#finish() : Promise.resolve({ done: false, value });
  }

  async return(): Promise<Result> {
    this.#close();
    return over;
  }

  /** Waits for the first event, which is handed out later; until then the request may still be repeated. */
  async open(): Promise<void> {
    const first = await this.next();
    if (!first.done) this.#position -= 1;
    this.#hasBegun = true;
    const { watch } = this.#attempt;
    watch.stop('firstEventMs');
    if (this.#closed) watch.close();
  }

  #emit(event: ChatEvent): void {
    if (event.type === 'response-start') this.#attempt.requestId = event.requestId;
    this.#queue.push(event);
  }

  #afterRead(): Result | Promise<Result> {
    const value = this.take();
    return value === undefined ? this.#readOn() : { done: false, value };
  }

  /** A loop: the promise of each piece that brings no event would wait for the next one's, however many there are. */
  async #readOn(): Promise<Result> {
    while (this.#mustRead()) {
      await this.#body.read().then(
        (chunk) => this.#keep(chunk),
        (cause) => this.#fail(cause),
      );
    }
    const value = this.take();
    return value === undefined ? this.#finish() : { done: false, value };
  }

  #keep(chunk: BodyChunk): void {
    try {
      this.#read(this.#body.arrived(chunk));
    } catch (cause) {
      this.#failure = this.#attempt.toError(cause);
    }
  }

  #fail(cause: unknown): void {
    this.#failure = this.#attempt.toError(this.#body.failed(cause));
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
    const first = this.#hasBytes
      ? undefined
      : chunk?.find((byte) => byte > space && !byteOrderMark.includes(byte));
    if (first === brace) this.#whole = new TextReader();
    this.#hasBytes ||= first !== undefined;
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
    this.#reply = this.#attempt.readReply(text.end(), (body) => this.#wire.readChat(body, this.#context));
    emitResponse(this.#reply, this.#context.emit);
  }

  async #finish(): Promise<Result> {
    if (this.#closed) return over;
    if (this.#failure) {
      this.#close();
      throw this.#failure;
    }
    this.#closed = true;
    this.#unwatch();
    await drain(this.#body);
    return over;
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#body.cancel();
    this.#unwatch();
  }

  #unwatch(): void {
    const { watch } = this.#attempt;
    if (this.#hasBegun) watch.close();
    else watch.endTry();
  }
}

const over = { done: true, value: undefined } as const;
const space = 0x20;
const brace = 0x7b;
const byteOrderMark = [0xef, 0xbb, 0xbf];
