import { isRecord, parseJson } from '../json.ts';
import type { ServerSentEvent } from '../server-sent-event.ts';
import { ServerSentEventReader } from '../server-sent-event-reader.ts';

/** What a failure says of itself, in whichever of the service's envelopes it came. What it did not say is `undefined`. */
export interface ErrorEnvelope {
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  /** Without the prefix that holds `innerClass` and without the link to the documentation. */
  readonly message?: string | undefined;
  readonly requestId?: string | undefined;
  /** The request member that is wrong, in the service's spelling. */
  readonly param?: string | undefined;
  /** Where the link to the documentation points: a class of errors of its own. */
  readonly anchor?: string | undefined;
  /** The number in front of the message: `400` of `<400> InternalError.Algo.InvalidParameter: …`. */
  readonly innerStatus?: string | undefined;
  /** The model layer's own code: `InternalError.Algo.InvalidParameter` of the same. */
  readonly innerClass?: string | undefined;
  /** A status of a failure that the text itself names; HTTP may say another. */
  readonly status?: number | undefined;
  /** What came when it was no envelope, in words. */
  readonly instead?: string | undefined;
}

/** No message of the service comes near these lengths; what is longer is cut before it is searched. */
const longestText = 32 * 1024;
const longestMessage = 2000;
const longestExcerpt = 200;

/**
 * Reads a failure's text: wrapped or flat JSON, frames of a stream, or what a proxy wrote. Never throws.
 * @param value the same parsed, when the caller has it
 */
export function readEnvelope(text: string, value: unknown = parseJson(text.trim())): ErrorEnvelope {
  if (isRecord(value)) return readRecord(value);
  const prose = (typeof value === 'string' ? value : text).trim().slice(0, longestText);
  return /^(data|event|id|status|retry)?:/.test(prose) ? readFrames(prose) : readProse(prose);
}

/** Reads the envelope in one frame of a stream, and the status that the frame names beside it. */
export function readErrorFrame(
  frame: ServerSentEvent,
  value: unknown = parseJson(frame.data),
): ErrorEnvelope {
  const envelope = isRecord(value) ? readRecord(value) : readProse(frame.data.trim());
  const named = [
    // The native wire's status travels in a comment, ":HTTP_STATUS/403"; some deployments write a "status:" line.
    ...frame.comments.map((comment) => /HTTP_STATUS\/(\d+)/.exec(comment)?.[1]),
    ...frame.otherFields.map(([name, field]) => (name === 'status' ? field : undefined)),
  ];
  return { ...envelope, status: named.map(toStatus).find(Boolean) ?? envelope.status };
}

/** The number, when it is a status that a failure can have. */
export function toStatus(text: unknown): number | undefined {
  return /^[45]\d\d$/.test(toText(text) ?? '') ? Number(text) : undefined;
}

function readFrames(text: string): ErrorEnvelope {
  const envelopes: ErrorEnvelope[] = [];
  const reader = new ServerSentEventReader({ read: (frame) => envelopes.push(readErrorFrame(frame)) });
  reader.push(new TextEncoder().encode(text));
  reader.end();
  return envelopes.find(({ code, type }) => code ?? type) ?? envelopes[0] ?? readProse('');
}

function readRecord(body: Readonly<Record<string, unknown>>): ErrorEnvelope {
  // A task that failed keeps its code and message inside "output".
  const places = [body.error, body.output, body].filter(isRecord);
  const first = (...names: readonly string[]) =>
    places.flatMap((place) => names.map((name) => toText(place[name]))).find(Boolean);
  const code = first('code');
  const type = isRecord(body.error) ? toText(body.error.type) : undefined;
  const message = first('message', 'msg') ?? toText(body.error);
  const param = first('param');
  const id = toText(body.request_id) ?? first('request_id', 'requestId', 'id');
  return {
    ...readMessage(message),
    code,
    type,
    // The chat's id is the request's id behind a prefix.
    requestId: id?.replace(/^chatcmpl-/, ''),
    param: param === 'None' ? undefined : param,
    status: toStatus(body.status_code),
    instead: (code ?? type ?? message) ? undefined : 'JSON without code and message',
  };
}

function readMessage(sent: string | undefined): ErrorEnvelope {
  if (sent === undefined) return {};
  const link = /For details, see:? ?(\S*)\s*$/i.exec(sent.slice(-longestExcerpt));
  const text = sent.slice(0, sent.length - (link?.[0].length ?? 0)).trim();
  const inner = /^<(\d{3,7})>\s*([\w.]+):/.exec(text);
  return {
    message: toExcerpt(text.slice(inner?.[0].length ?? 0), longestMessage),
    anchor: link?.[1]?.split('#')[1],
    innerStatus: inner?.[1],
    innerClass: inner?.[2],
  };
}

function readProse(text: string): ErrorEnvelope {
  if (!text) return { instead: 'an empty body' };
  if (!/^<\D/.test(text))
    return { ...readMessage(toExcerpt(text, longestExcerpt)), instead: 'text that is no JSON' };
  const page = text.slice(0, 4 * longestMessage);
  const words = /<title[^>]*>([^<]*)/i.exec(page)?.[1] ?? page.replace(/<[^>]*>?/g, ' ');
  return { message: toExcerpt(words, longestExcerpt), instead: 'a page that is no JSON' };
}

function toExcerpt(text: string, longest: number): string | undefined {
  const words = text.trim().slice(0, longest);
  const whole = words.length < text.trim().length ? `${words}…` : words;
  return whole.replace(/\s+/g, ' ') || undefined;
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value ? value : undefined;
}
