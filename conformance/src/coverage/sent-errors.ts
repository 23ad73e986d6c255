import { isRecord } from '../is-record.ts';
import type { ConformanceCase } from '../load-cases.ts';

/** What errors differ in beside their code, status and place. */
export const errorTraits = [
  /** An `error` object around code and message. */
  'wrapped',
  /** Code and message at the top. */
  'flat',
  /** An `id` of `chatcmpl-` and the request id beside the error. */
  'completion-id',
  /** An `id` that is the request id itself. */
  'plain-id',
  'id-inside-error',
  'no-request-id',
  /** `"param": "None"` */
  'param-none',
  'no-param',
  'code-null',
  /** `type: "error"` at the top. */
  'typed',
  /** As a frame, though it is the whole reply. */
  'framed',
  /** The frame is named: `event:error`. */
  'event',
  'event-with-space',
  /** The frame's status stands in a comment, `:HTTP_STATUS/400`. */
  'status-comment',
  /** The frame's status stands in a line of its own, `status:400`. */
  'status-line',
  /** `msg` in place of `message`, or `requestId` of `request_id`. */
  'other-spelling',
  /** The model layer's own code is in front of the message: `<400> InternalError.Algo: …`. */
  'inner-code',
  /** The message ends in a link to the documentation. */
  'link',
  'empty',
  'no-json',
] as const;

export type ErrorTrait = (typeof errorTraits)[number];

/** An error as a case's reply holds it. */
export interface SentError {
  readonly place: 'reply' | 'stream';
  /** `null` where there is none. */
  readonly code: string | null;
  readonly status: number | undefined;
  readonly message: string;
  readonly traits: readonly ErrorTrait[];
}

/** The errors in the reply that a case ends with. */
export function sentErrors({ exchanges }: ConformanceCase): readonly SentError[] {
  const { reply } = exchanges.at(-1) ?? {};
  if (reply?.kind !== 'http') return [];
  const { status } = reply;
  const text = new TextDecoder().decode(reply.body).trim();
  const failed = status >= 400;
  if (text === '')
    return failed ? [{ place: 'reply', status, code: null, message: '', traits: ['empty'] }] : [];
  const whole = parseJson(text);
  if (isRecord(whole)) return isError(whole, failed) ? [{ ...readError(whole), place: 'reply', status }] : [];
  const frames = readFrames(text).filter(({ body, traits }) =>
    isError(body, failed || traits.includes('event')),
  );
  if (failed && frames.length === 0)
    return [{ place: 'reply', status, code: null, message: text, traits: ['no-json'] }];
  return frames.map(({ body, traits, status: named }) => {
    const error = readError(body);
    return failed
      ? { ...error, place: 'reply', status, traits: [...error.traits, ...traits, 'framed'] }
      : { ...error, place: 'stream', status: named, traits: [...error.traits, ...traits] };
  });
}

type Json = Readonly<Record<string, unknown>>;

function isError(body: Json, said: boolean): boolean {
  const coded = typeof body.code === 'string' && body.code !== '' && !body.output && !body.choices;
  return said || isRecord(body.error) || body.type === 'error' || coded;
}

function readError(body: Json): Pick<SentError, 'code' | 'message' | 'traits'> {
  const { error, id, request_id: requestId } = body;
  const inside: Json = isRecord(error) ? error : body;
  const message = String(inside.message ?? inside.msg ?? '');
  const isWrapped = isRecord(error);
  const found: Readonly<Partial<Record<ErrorTrait, boolean>>> = {
    wrapped: isWrapped,
    flat: !isWrapped,
    'completion-id': typeof id === 'string' && id.startsWith('chatcmpl-'),
    'plain-id': typeof id === 'string' && id === requestId,
    'id-inside-error': isWrapped && inside.id !== undefined,
    'no-request-id': requestId === undefined && body.requestId === undefined,
    'param-none': inside.param === 'None',
    'no-param': isWrapped && !('param' in inside),
    'code-null': inside.code === null,
    typed: body.type === 'error',
    'other-spelling': 'msg' in inside || 'requestId' in body,
    'inner-code': /^<\d{3,7}> /.test(message),
    link: message.includes('For details, see:'),
  };
  return {
    code: typeof inside.code === 'string' && inside.code !== '' ? inside.code : null,
    message,
    traits: errorTraits.filter((trait) => found[trait]),
  };
}

interface ReadFrame {
  readonly body: Json;
  readonly status: number | undefined;
  readonly traits: readonly ErrorTrait[];
}

function readFrames(text: string): ReadFrame[] {
  return text.split(/(?:\r\n|\n|\r){2}/).flatMap((frame) => {
    const body = parseJson(frame.replace(/^(?!data:).*$/gm, '').replace(/^data: ?/gm, ''));
    const comment = /^: ?HTTP_STATUS\/(\d{3})/m.exec(frame)?.[1];
    const line = /^status: ?(\d{3})/m.exec(frame)?.[1];
    const inMessage = /"<(\d{3})> /.exec(frame)?.[1];
    const found: Readonly<Partial<Record<ErrorTrait, boolean>>> = {
      event: /^event: ?error/m.test(frame),
      'event-with-space': /^event: error/m.test(frame),
      'status-comment': comment !== undefined,
      'status-line': line !== undefined,
    };
    const named = comment ?? line ?? inMessage;
    const traits = errorTraits.filter((trait) => found[trait]);
    return isRecord(body) ? [{ body, status: named ? Number(named) : undefined, traits }] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
