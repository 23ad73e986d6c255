import type { ChatEvent } from '../chat-event.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { EventIterator, StreamRest } from '../client.ts';
import { emitResponse } from '../emit-response.ts';
import type { QwireError } from '../qwire-error.ts';
import { ServerSentEventReader } from '../server-sent-event-reader.ts';
import type { StreamContext, StreamReader } from '../wire-format.ts';
import { type BodyReader, createTextReader, drain, type TextReader } from './read-body.ts';
import type { Watch } from './watch.ts';

interface Parts {
  readonly body: BodyReader;
  readonly watch: Watch;
  readonly createReader: (emit: StreamContext['emit']) => StreamReader;
  /** Reads a body that is one JSON text: an error, or a reply that was not streamed. */
  readonly readWhole: (text: string) => ChatResponse;
  /** Turns whatever went wrong into the error that the caller sees. */
  readonly toError: (cause: unknown) => QwireError;
  readonly onClose: () => void;
}

/** The events of one response, read on demand: no byte is asked for before its event is. */
export class EventSource implements EventIterator {
  readonly #parts: Parts;
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

  constructor(parts: Parts) {
    this.#parts = parts;
    const reader = parts.createReader((event) => void this.#queue.push(event));
    this.#reader = reader;
    this.#frames = new ServerSentEventReader((frame) => {
      if (!reader.done) reader.read(frame);
    });
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

  async next(): Promise<IteratorResult<ChatEvent, undefined>> {
    if (this.#position === this.#queue.length && !this.#closed) await this.open();
    const value = this.take();
    if (value !== undefined) return { done: false, value };
    await this.#finish();
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<ChatEvent, undefined>> {
    this.#close();
    return { done: true, value: undefined };
  }

  /**
   * Reads on until there are events to hand out, or nothing more comes; before the first event the request may still be
   * repeated. What failed is thrown after what arrived.
   */
  async open(): Promise<void> {
    if (this.#position > 0) {
      this.#queue = [];
      this.#position = 0;
    }
    while (this.#queue.length === 0 && !this.#ended && !this.#failure) {
      try {
        this.#read(await this.#parts.body.next());
      } catch (cause) {
        this.#failure = this.#parts.toError(cause);
      }
    }
    if (this.#queue.length === 0 && this.#failure && !this.#closed) {
      this.#close();
      throw this.#failure;
    }
  }

  #read(chunk: Uint8Array | undefined): void {
    // The service and gateways answer a stream request with plain JSON at times; no line of a stream begins so.
    const first = this.#hasBegun ? undefined : chunk?.find((byte) => byte > space);
    if (first === brace) this.#whole = createTextReader();
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
    this.#reply = this.#parts.readWhole(text.end());
    emitResponse(this.#reply, (event) => void this.#queue.push(event));
  }

  async #finish(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#parts.onClose();
    await drain(this.#parts.body, this.#parts.watch);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#parts.onClose();
    this.#parts.body.cancel();
    this.#parts.watch.close();
  }
}

const space = 0x20;
const brace = 0x7b;
