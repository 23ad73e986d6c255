import type { Delivery } from './case-schema.ts';
import type { LoadedReply } from './load-cases.ts';

/** What happened to one reply on its way. */
export interface DeliveryLog {
  /** Sizes of the chunks that were sent, with the milliseconds since the reply began. */
  readonly chunks: { readonly bytes: number; readonly atMs: number }[];
  /** `finished`: sent to its end, or cut as stated. `released`: the client went away before. */
  state: 'waiting' | 'sending' | 'finished' | 'released';
}

export function createDeliveryLog(): DeliveryLog {
  return { chunks: [], state: 'waiting' };
}

interface Receiver {
  readonly log: DeliveryLog;
  /** Aborted when the client goes away before it got headers. */
  readonly signal: AbortSignal;
}

/** The reply as a response whose body arrives, and ends, as the case states. */
export async function deliverReply(reply: LoadedReply, { log, signal }: Receiver): Promise<Response> {
  if (reply.kind === 'connection-failed') {
    log.state = 'finished';
    return Response.error();
  }
  if (reply.kind === 'silence') {
    await aborted(signal);
    log.state = 'released';
    return Response.error();
  }
  const { status, headers, body, delivery } = reply;
  if (body.length === 0 && delivery.end === 'close') {
    log.state = 'finished';
    return new Response(null, { status, headers });
  }
  // Without it, the intercepting carrier turns a cut connection into a proper end.
  const allHeaders = { 'transfer-encoding': 'chunked', ...headers };
  return new Response(chunkStream(splitBytes(body, delivery.split), delivery.end, log), {
    status,
    headers: allHeaders,
  });
}

function chunkStream(
  chunks: readonly Uint8Array[],
  end: Delivery['end'],
  log: DeliveryLog,
): ReadableStream<Uint8Array> {
  const startedAt = performance.now();
  let next = 0;
  log.state = 'sending';
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Chunks that are produced in one turn reach a client as one.
        await turn();
        if (log.state === 'released') return;
        const chunk = chunks[next++];
        if (chunk) {
          log.chunks.push({ bytes: chunk.length, atMs: Math.round(performance.now() - startedAt) });
          controller.enqueue(chunk);
        }
        if (next < chunks.length) return;
        if (end === 'stall') return forever;
        if (end === 'disconnect') {
          // An error discards what is still queued, so the client gets time to take the last chunk.
          await turn();
          await turn();
          log.state = 'finished';
          controller.error(new TypeError('The case cuts the connection here'));
          return;
        }
        log.state = 'finished';
        controller.close();
      },
      cancel() {
        if (log.state === 'sending') log.state = 'released';
      },
    },
    { highWaterMark: 1 },
  );
}

const forever = new Promise<void>(() => {});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The bytes as the chunks in which they are sent. */
export function splitBytes(body: Uint8Array, split: Delivery['split']): Uint8Array[] {
  const offsets = [...new Set([0, ...cutOffsets(body, split)])].filter((offset) => offset < body.length);
  return offsets.map((start, position) => body.subarray(start, offsets[position + 1] ?? body.length));
}

function cutOffsets(body: Uint8Array, split: Delivery['split']): readonly number[] {
  if (split === 'whole') return [];
  if (split === 'byte') return Array.from(body.keys());
  if (split === 'event') return blankLineEnds(body);
  return split;
}

/** Offsets behind each blank line, whichever line end is used. Latin-1 keeps one character for each byte. */
function blankLineEnds(body: Uint8Array): number[] {
  const text = Buffer.from(body).toString('latin1');
  return [...text.matchAll(/\r\n\r\n|\n\n|\r\r(?!\n)/g)].map((match) => match.index + match[0].length);
}
