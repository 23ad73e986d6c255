import type { Step } from './step.ts';
import { answer, type Method, pieces, type Wire } from './wire.ts';
import { type WireReplies, wireReplies } from './wire-replies.ts';

/** A whole reply, as a server writes it, in the pieces that faults come between. */
export interface GoodReply {
  readonly method: Method;
  readonly wire: WireReplies;
  /** Status line and headers. */
  readonly head: string;
  /** The beginning of the body: of a stream its first event, else half of the JSON. */
  readonly begin: string;
  /** The second event up to its middle; of a reply that is not streamed a few bytes more. */
  readonly middle: string;
  /** All after `begin`. */
  readonly rest: string;
  readonly whole: string;
  /** The body alone, without what HTTP adds to it. */
  readonly body: string;
  /** A server that nobody asked for. */
  readonly elsewhere: string;
}

/** A response of known length. */
export function response(body: string | Uint8Array, options: ResponseOptions = {}): Step[] {
  const { status = '200 OK', type = 'application/json', headers = [] } = options;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return [head(status, [`Content-Type: ${type}`, `Content-Length: ${bytes.length}`, ...headers]), bytes];
}

interface ResponseOptions {
  /** Code and reason; `200 OK` unless given. */
  readonly status?: string;
  /** `application/json` unless given. */
  readonly type?: string;
  readonly headers?: readonly string[];
}

/** Status line and headers of a response that ends when its connection does, unless a header says otherwise. */
export function head(status: string, headers: readonly string[]): string {
  return `HTTP/1.1 ${[status, ...headers].join('\r\n')}\r\n\r\n`;
}

/** One chunk of the chunked encoding. */
export function chunked(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

export const lastChunk = '0\r\n\r\n';
export const contentTypes = { chat: 'application/json', stream: 'text/event-stream;charset=UTF-8' };

export function createGoodReply(
  { wire, method }: { readonly wire: Wire; readonly method: Method },
  elsewhere = '',
): GoodReply {
  const replies = wireReplies[wire];
  const parts = method === 'stream' ? streamParts(replies) : chatParts(replies.chatBody(answer));
  const { head, begin, rest } = parts;
  return { ...parts, method, wire: replies, whole: head + begin + rest, elsewhere };
}

function chatParts(body: string) {
  const half = body.length >> 1;
  return {
    head: head('200 OK', [
      `Content-Type: ${contentTypes.chat}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ]),
    begin: body.slice(0, half),
    middle: body.slice(half, half + 8),
    rest: body.slice(half),
    body,
  };
}

function streamParts({ frame, lastFrames }: WireReplies) {
  const [first, second] = pieces.map((text) => frame(text));
  const half = (second ?? '').slice(0, (second ?? '').length >> 1);
  return {
    head: head('200 OK', [`Content-Type: ${contentTypes.stream}`, 'Transfer-Encoding: chunked']),
    begin: chunked(first ?? ''),
    middle: chunked(half),
    rest: chunked(second ?? '') + chunked(lastFrames) + lastChunk,
    body: `${first}${second}${lastFrames}`,
  };
}
