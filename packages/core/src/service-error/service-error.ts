import { isRecord } from '../json.ts';
import { QwireError } from '../qwire-error.ts';
import type { ServerSentEvent } from '../server-sent-event.ts';
import type { ResponseHead, ResponseHeaders } from '../transport.ts';
import type { FailedResponse } from '../wire-format.ts';
import type { ErrorMeaning } from './classify.ts';
import { classify } from './classify.ts';
import type { ErrorEnvelope } from './read-envelope.ts';
import { readEnvelope, readErrorFrame, toStatus } from './read-envelope.ts';
import { readRetryAfterMs } from './retry-after.ts';

/**
 * The error that a whole response reports, on either wire. Its status is HTTP's; when HTTP says success, the one that
 * the body names, if it does.
 * @see https://help.aliyun.com/zh/model-studio/error-code
 */
export function serviceError(failed: FailedResponse): QwireError {
  const envelope = readEnvelope(failed.body);
  const status = toStatus(failed.status) ?? envelope.status ?? failed.status;
  return toError(envelope, { meaning: classify(envelope, status), status, headers: failed.headers });
}

/**
 * The error that one frame of a stream reports, or `undefined` when the frame is none. Its status is the one that the
 * frame names, else the one in front of its message, else the only one that its code has; never HTTP's, which said
 * success before the failure happened.
 * @param value the frame's data, parsed
 */
export function serviceErrorInFrame(
  frame: ServerSentEvent,
  value: unknown,
  head: ResponseHead,
): QwireError | undefined {
  if (frame.event !== 'error' && !isServiceError(value)) return undefined;
  const envelope = readErrorFrame(frame, value);
  const named = envelope.status ?? toStatus(envelope.innerStatus);
  const meaning = classify(envelope, named);
  return toError(envelope, { meaning, status: named ?? meaning.impliedStatus, headers: head.headers });
}

/**
 * Whether a parsed body or frame is an error in spite of the status 200: an `error` object, the Responses API's
 * `type: "error"`, or a flat `code` where a reply would be. Successes that SDKs dumped hold an empty `code`.
 * @param text the body that is no JSON, and may be a framed error
 */
export function isServiceError(value: unknown, text = ''): boolean {
  if (!isRecord(value)) return isFramedError(text);
  if (isRecord(value.error) || value.type === 'error') return true;
  return (
    typeof value.code === 'string' && value.code !== '' && isEmpty(value.output) && isEmpty(value.choices)
  );
}

function isFramedError(text: string): boolean {
  if (text === '') return false;
  const { code, type } = readEnvelope(text);
  return (code ?? type) !== undefined;
}

/** Of a record or list; what is missing is empty as well. */
function isEmpty(value: unknown): boolean {
  return Object.keys(Object(value)).length === 0;
}

function toError(
  envelope: ErrorEnvelope,
  context: {
    readonly meaning: ErrorMeaning;
    readonly status: number | undefined;
    readonly headers: ResponseHeaders;
  },
): QwireError {
  const { meaning, status, headers } = context;
  const { row, found } = meaning;
  const code = envelope.code ?? envelope.type ?? envelope.innerClass;
  const shouldRetry = headers.get('x-should-retry');
  return new QwireError(toSentence({ ...envelope, code, status }), {
    kind: row.kind,
    code,
    status,
    requestId: envelope.requestId ?? (headers.get('x-request-id') || undefined),
    hint: row.hint?.replace(/\$(\d)/g, (_, group: string) => found?.[Number(group)] ?? ''),
    retryable: shouldRetry ? shouldRetry === 'true' : row.retryable,
    field: row.kind === 'invalid-request' ? (envelope.param ?? found?.groups?.field) : undefined,
    retryAfterMs: readRetryAfterMs(headers),
  });
}

/** What the service said, then its codes. What came instead of that is named, never pasted whole. */
function toSentence({ code, innerClass, message, instead, status }: ErrorEnvelope): string {
  const answered = status ? `The service answered with status ${status}` : 'The service reported a failure';
  const said = instead ? `${answered} and ${instead}${message ? `: ${message}` : ''}` : (message ?? answered);
  const codes = [code, innerClass === code ? undefined : innerClass].filter(Boolean);
  return codes.length > 0 ? `${said} [${codes.join(', ')}]` : said;
}
