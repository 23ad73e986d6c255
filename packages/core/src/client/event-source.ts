import type { ChatEvent } from '../chat-event.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { EventIterator, StreamRest } from '../client.ts';
import { emitResponse } from '../emit-response.ts';
import type { QwireError } from '../qwire-error.ts';
import { createServerSentEventReader } from '../server-sent-event-reader.ts';
import type { StreamContext, StreamReader } from '../wire-format.ts';
import { type BodyReader, createTextReader, drain, type TextReader } from './read-body.ts';
import type { Watch } from './watch.ts';

/** The events of one response, read on demand: no byte is asked for before its event is. */
export interface EventSource extends EventIterator {
  /** Reads until the first event is there. Until then the request may be repeated. */
  open(): Promise<void>;
  /** What the reply holds beside its events. */
  readonly rest: StreamRest;
}

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

export function createEventSource(parts: Parts): EventSource {
  const { body, watch, toError, onClose } = parts;
  let queue: ChatEvent[] = [];
  let position = 0;
  let ended = false;
  let closed = false;
  let failure: QwireError | undefined;
  const emit = (event: ChatEvent) => void queue.push(event);
  const reader = parts.createReader(emit);
  let whole: TextReader | undefined;
  let reply: ChatResponse | undefined;
  let hasBegun = false;
  const frames = createServerSentEventReader((frame) => {
    if (!reader.done) reader.read(frame);
  });

  const source: EventSource = {
    open: fill,
    take,
    get rest() {
      return reply ?? { raw: reader.raw, usage: reader.usage, warnings: [] };
    },
    next,
    async return() {
      close();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return source;
    },
  };
  return source;

  function take(): ChatEvent | undefined {
    const event = closed ? undefined : queue[position];
    if (event !== undefined) position += 1;
    return event;
  }

  async function next(): Promise<IteratorResult<ChatEvent, undefined>> {
    if (position === queue.length && !closed) await fill();
    const value = take();
    if (value !== undefined) return { done: false, value };
    finish();
    return { done: true, value: undefined };
  }

  /** Reads on until there are events to hand out, or nothing more comes. What failed is thrown after what arrived. */
  async function fill(): Promise<void> {
    if (position > 0) {
      queue = [];
      position = 0;
    }
    while (queue.length === 0 && !ended && !failure) await readChunk();
    if (queue.length === 0 && failure && !closed) {
      close();
      throw failure;
    }
  }

  async function readChunk(): Promise<void> {
    try {
      const chunk = await body.next();
      // The service and gateways answer a stream request with plain JSON at times; no line of a stream begins so.
      const first = hasBegun ? undefined : chunk?.find((byte) => byte > space);
      if (first === brace) whole = createTextReader();
      hasBegun ||= first !== undefined;
      if (whole) readWholeChunk(whole, chunk);
      else readFrames(chunk);
    } catch (cause) {
      failure = toError(cause);
    }
  }

  function readFrames(chunk: Uint8Array | undefined): void {
    if (chunk === undefined) frames.end();
    else frames.push(chunk);
    if (chunk === undefined || reader.done) {
      ended = true;
      reader.end();
    }
  }

  function readWholeChunk(text: TextReader, chunk: Uint8Array | undefined): void {
    if (chunk !== undefined) {
      text.push(chunk);
      return;
    }
    ended = true;
    reply = parts.readWhole(text.end());
    emitResponse(reply, emit);
  }

  function finish(): void {
    if (closed) return;
    closed = true;
    onClose();
    void drain(body, watch);
  }

  function close(): void {
    if (closed) return;
    closed = true;
    onClose();
    body.cancel();
    watch.close();
  }
}

const space = 0x20;
const brace = 0x7b;
