import type { DocumentedRequest } from './documented-request.ts';

/** A reply as it came over the wire. */
export interface ServerReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Sizes of the chunks, with the milliseconds since the request. */
  readonly chunks: readonly { readonly bytes: number; readonly atMs: number }[];
  /** `cut`: the connection broke inside the body. `silent`: nothing came for too long. */
  readonly ended: 'closed' | 'cut' | 'silent';
}

export interface AskOptions {
  readonly signal: AbortSignal;
  /** Silence after which a reply is given up, in milliseconds. */
  readonly idleLimitMs: number;
}

/**
 * Sends a request as it is, once, and keeps every byte of the reply. A redirect is a reply, not something to follow.
 *
 * @throws what `fetch` throws when no reply begins: nobody listens, the connection breaks, or the signal aborts.
 */
export async function askServer(
  { url, headers, body }: DocumentedRequest,
  { signal, idleLimitMs }: AskOptions,
): Promise<ServerReply> {
  const silence = new AbortController();
  const startedAt = performance.now();
  let timer = setTimeout(() => silence.abort(), idleLimitMs);
  const chunks: { bytes: number; atMs: number }[] = [];
  const parts: Uint8Array[] = [];
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'accept-encoding': 'identity' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    const ended = await read(response);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(Buffer.concat(parts)),
      chunks,
      ended,
    };
  } finally {
    clearTimeout(timer);
  }

  async function read({ body: stream }: Response): Promise<ServerReply['ended']> {
    try {
      for await (const part of stream ?? []) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), idleLimitMs);
        parts.push(part);
        chunks.push({ bytes: part.length, atMs: Math.round(performance.now() - startedAt) });
      }
      return 'closed';
    } catch (error) {
      if (signal.aborted) throw error;
      return silence.signal.aborted ? 'silent' : 'cut';
    }
  }
}
