import type { ChatEvent } from '../chat-event.ts';
import type { QwireError } from '../qwire-error.ts';
import { createServerSentEventReader } from '../server-sent-event-reader.ts';
import type { StreamContext, StreamReader } from '../wire-format.ts';
import { type BodyReader, drain } from './read-body.ts';
import type { Watch } from './watch.ts';

/** The events of one response, read on demand: no byte is asked for before its event is. */
export interface EventSource extends AsyncIterableIterator<ChatEvent> {
  /** Reads until the first event is there. Until then the request may be repeated. */
  open(): Promise<void>;
  readonly raw: unknown;
}

interface Parts {
  readonly body: BodyReader;
  readonly watch: Watch;
  readonly createReader: (emit: StreamContext['emit']) => StreamReader;
  /** Turns whatever went wrong into the error that the caller sees. */
  readonly toError: (cause: unknown) => QwireError;
  readonly onClose: () => void;
}

export function createEventSource({ body, watch, createReader, toError, onClose }: Parts): EventSource {
  let queue: ChatEvent[] = [];
  let position = 0;
  let ended = false;
  let closed = false;
  let failure: QwireError | undefined;
  const reader = createReader((event) => queue.push(event));
  const frames = createServerSentEventReader((frame) => {
    if (!reader.done) reader.read(frame);
  });

  const source: EventSource = {
    open: fill,
    get raw() {
      return reader.raw;
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

  async function next(): Promise<IteratorResult<ChatEvent, undefined>> {
    if (closed) return { done: true, value: undefined };
    if (position === queue.length) await fill();
    const value = queue[position];
    if (value === undefined) {
      if (!closed) finish();
      return { done: true, value: undefined };
    }
    position += 1;
    return { done: false, value };
  }

  /** Reads on until there are events to hand out, or nothing more comes. What failed is thrown after what arrived. */
  async function fill(): Promise<void> {
    if (position > 0) {
      queue = [];
      position = 0;
    }
    while (queue.length === 0 && !ended && !failure) await readChunk();
    if (queue.length === 0 && failure) {
      close();
      throw failure;
    }
  }

  async function readChunk(): Promise<void> {
    try {
      const chunk = await body.next();
      if (chunk === undefined) frames.end();
      else frames.push(chunk);
      if (chunk === undefined || reader.done) {
        ended = true;
        reader.end();
      }
    } catch (cause) {
      failure = toError(cause);
    }
  }

  function finish(): void {
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
