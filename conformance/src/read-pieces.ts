import { type ChatEvent, type ChatRequest, QwireError, type WireFormat } from '@qwire/core';
import { type ResponseHead, ServerSentEventReader } from '@qwire/core/adapter-kit';

/** What comes of the bytes of a stream: all events, then how it ended. */
export interface ReadStream {
  readonly events: readonly ChatEvent[];
  readonly error?: QwireError;
}

interface ReadContext {
  readonly request: ChatRequest;
  readonly head?: ResponseHead;
}

/** Reads a stream that comes in these pieces by the wire format's own reader, without a client around it. */
export function readPieces(
  wire: WireFormat,
  pieces: readonly Uint8Array[],
  { request, head = { status: 200, headers: new Headers() } }: ReadContext,
): ReadStream {
  const events: ChatEvent[] = [];
  const reader = wire.createStreamReader({ request, head, emit: (event) => events.push(event) });
  const frames = new ServerSentEventReader(reader);
  try {
    for (const piece of pieces) frames.push(piece);
    frames.end();
    reader.end();
    return { events };
  } catch (error) {
    if (!QwireError.is(error)) throw error;
    return { events, error };
  }
}
