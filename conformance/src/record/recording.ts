import { isRecord } from '../is-record.ts';
import type { Forwarded } from './forwarder.ts';
import type { Redactor } from './redactor.ts';

/** What is kept of one exchange. */
export interface Recording {
  readonly recordingVersion: 1;
  readonly review: string;
  /** The day. */
  readonly recordedOn: string;
  readonly wireFormat: string;
  readonly request: {
    readonly method: string;
    /** Below the wire's root; without a query. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Parsed where it is JSON. */
    readonly body: unknown;
  };
  readonly reply: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly bodyFile: string;
    readonly ended: Forwarded['ended'];
    readonly chunks: readonly { readonly bytes: number; readonly atMs: number }[];
  };
}

/** Headers that are kept; all others are dropped, whatever they are. */
const keptHeaders: ReadonlySet<string> = new Set([
  'accept',
  'content-type',
  'req-arrive-time',
  'req-cost-time',
  'resp-start-time',
  'retry-after',
  'retry-after-ms',
  'server',
  'vary',
  'x-dashscope-async',
  'x-dashscope-call-gateway',
  'x-dashscope-datainspection',
  'x-dashscope-finished',
  'x-dashscope-ossresourceresolve',
  'x-dashscope-partialresponse',
  'x-dashscope-sse',
  'x-dashscope-timeout',
  'x-dashscope-wait-timeout',
  'x-dashscope-workspace',
  'x-envoy-upstream-service-time',
  'x-request-id',
  'x-should-retry',
]);

export interface KeptRecording {
  readonly recording: Recording;
  readonly body: Uint8Array;
}

/** Why an exchange cannot be kept. */
export interface Withheld {
  readonly withheld: string;
}

/**
 * An exchange as it may be kept. One in which a key would still be found, however it is cut and joined, is withheld.
 */
export function toRecording(
  exchange: Forwarded,
  redactor: Redactor,
  recordedOn: string,
): KeptRecording | Withheld {
  for (const key of credentials(exchange)) redactor.learn(key);
  const { request, wireFormat, status, headers, ended } = exchange;
  if (status === undefined) return { withheld: 'there was no reply' };
  const body = redactor.redactBytes(exchange.body);
  const requestText = redactor.redact(Buffer.from(request.body).toString('latin1'));
  const recording: Recording = {
    recordingVersion: 1,
    review: 'Not reviewed: read every line before you show it to anybody, then say here who did, and when',
    recordedOn,
    wireFormat,
    request: {
      method: request.method,
      path: redactor.redact(request.path.split('?')[0] ?? ''),
      headers: keepHeaders(request.headers, redactor),
      body: parse(Buffer.from(requestText, 'latin1').toString('utf8')),
    },
    reply: {
      status,
      headers: keepHeaders(headers, redactor),
      bodyFile: `reply.${extensionFor(headers['content-type'])}`,
      ended,
      chunks: exchange.chunks.map(({ bytes, atMs }) => ({ bytes, atMs })),
    },
  };
  const written = [JSON.stringify(recording), Buffer.from(body).toString('latin1')];
  if (written.some((text) => redactor.findKeys(text).length > 0))
    return { withheld: 'a key was found in what was redacted' };
  if (isSpread(Buffer.from(exchange.body).toString('utf8'), redactor))
    return { withheld: 'a key is spread over several frames' };
  return { recording, body };
}

/** Everything in the request's head that could be a key. */
function credentials({ request: { headers } }: Forwarded): string[] {
  const names = [
    'authorization',
    'x-api-key',
    'api-key',
    'x-dashscope-apikey',
    'cookie',
    'proxy-authorization',
  ];
  return names
    .flatMap((name) => headers[name] ?? [])
    .flatMap((value) => [value, value.replace(/^\s*(Bearer|Basic)\s+/i, '').trim()])
    .filter((value) => value.length >= 6);
}

function keepHeaders(
  headers: Readonly<Record<string, string>>,
  redactor: Redactor,
): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => keptHeaders.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, redactor.redact(value)]));
}

function extensionFor(type = ''): string {
  if (/^text\/event-stream\b/i.test(type)) return 'sse';
  return /^application\/json\b/i.test(type) ? 'json' : 'body';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a key appears only when the same member of all frames is joined, as a reader of the stream does. */
function isSpread(body: string, redactor: Redactor): boolean {
  const pieces = new Map<string, string[]>();
  for (const line of body.split(/\r\n|\r|\n/)) collect(parse(line.replace(/^data: ?/, '')), '', pieces);
  return [...pieces.values()].some((texts) => {
    const ends = texts.map((_, index) => texts.slice(0, index + 1).join('').length);
    return redactor
      .findKeys(texts.join(''))
      .some(({ start, end }) => ends.some((cut) => start < cut && cut < end));
  });
}

function collect(value: unknown, path: string, pieces: Map<string, string[]>): void {
  if (typeof value === 'string') pieces.set(path, [...(pieces.get(path) ?? []), value]);
  if (Array.isArray(value)) for (const item of value) collect(item, `${path}[]`, pieces);
  if (isRecord(value))
    for (const [name, member] of Object.entries(value)) collect(member, `${path}.${name}`, pieces);
}
