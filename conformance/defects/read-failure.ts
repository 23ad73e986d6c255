import type { QwireError } from '@qwire/core';
import { serviceError, serviceErrorInFrame } from '@qwire/core/adapter-kit';
import type { ExpectedError, TextMatch, WireName } from '../src/case-schema.ts';
import { describeError } from '../src/describe-error.ts';
import { isRecord } from '../src/is-record.ts';
import type { OutcomeError } from '../src/outcome.ts';
import type { Defect } from './defects.ts';
import type { Frame } from './read-frames.ts';

export interface FailureContext {
  readonly wire: WireName;
  readonly defects: ReadonlySet<Defect>;
  readonly headers: Headers;
  readonly apiKey: string | undefined;
  readonly workspace: string | undefined;
  readonly expected: ExpectedError | undefined;
}

/** The failure that a whole reply reports. What codes mean is core's table, which this client takes over. */
export function readFailure(body: string, status: number, context: FailureContext): OutcomeError {
  const { defects, wire } = context;
  if (defects.has('crash-on-html-error-body')) JSON.parse(body);
  if (body === '' && defects.has('empty-error-body-throws')) throw new SyntaxError('There is no body');
  const known = !defects.has('own-envelope-only') || isOwnEnvelope(body, wire);
  const headers = lookedAt(context);
  const error = serviceError({ status, headers, body: known ? withoutParts(body, defects) : '' });
  return spoil(error, { ...context, status, said: body });
}

/** The failure that one frame of a stream reports, or nothing. */
export function readFailureFrame(frame: Frame, context: FailureContext): OutcomeError | undefined {
  const { defects } = context;
  const data = withoutParts(frame.data, defects);
  const comments = defects.has('status-comment-ignored') ? [] : frame.comments;
  const otherFields = defects.has('status-comment-ignored') ? [] : frame.otherFields;
  const error = serviceErrorInFrame({ ...frame, data, comments, otherFields }, parseJson(data), {
    status: 200,
    headers: lookedAt(context),
  });
  if (!error || defects.has('ignore-error-frame')) return undefined;
  const described = spoil(error, { ...context, status: error.status, said: frame.data });
  if (defects.has('http-status-in-stream')) return { ...described, status: 200 };
  return defects.has('status-always-400') ? { ...described, status: 400 } : described;
}

function isOwnEnvelope(body: string, wire: WireName): boolean {
  const json = parseJson(body);
  if (!isRecord(json)) return false;
  return wire === 'dashscope' ? typeof json.code === 'string' : isRecord(json.error) && 'request_id' in json;
}

/** The headers of a reply without those that a defect overlooks. */
export function lookedAt({ headers, defects }: Pick<FailureContext, 'headers' | 'defects'>): Headers {
  const left = new Headers(headers);
  if (defects.has('request-id-header-ignored')) left.delete('x-request-id');
  if (defects.has('should-retry-ignored')) left.delete('x-should-retry');
  return left;
}

/** An error's text without the parts that a defect overlooks. */
function withoutParts(text: string, defects: ReadonlySet<Defect>): string {
  let left = text;
  if (defects.has('inner-code-ignored')) left = left.replace(/<\d{3,7}> [\w.]+: ?/, '');
  if (defects.has('anchor-ignored')) left = left.replace(link, '');
  if (defects.has('type-ignored')) left = left.replace(/"type": ?"[^"]*"/, '"type":null');
  return left;
}

const link = / ?For details, see: ?[^"\s]+/;

interface SaidFailure extends FailureContext {
  readonly status: number | undefined;
  /** The text in which the service reported it. */
  readonly said: string;
}

/** The error as it is, or as the defects have it. */
function spoil(error: QwireError, context: SaidFailure): OutcomeError {
  const { defects, status, said, workspace, headers, expected } = context;
  if (error.code?.startsWith('Example.') && defects.has('unknown-code-throws'))
    throw new TypeError(`No such code: ${error.code}`);
  const byStatus = serviceError({ status: status ?? 500, headers, body: '' });
  const described = withoutKey(describeError(error), context);
  return spoilAny(
    {
      ...described,
      workspace,
      // Advice is the client's own; no reply holds it.
      ...(expected?.hint !== undefined && { hint: sample(expected.hint) }),
      ...(expected?.field !== undefined && { field: sample(expected.field) }),
      ...(defects.has('map-by-status-only') && { kind: byStatus.kind }),
      ...(defects.has('retryable-by-status') && { retryable: status === 429 || (status ?? 500) >= 500 }),
      ...(defects.has('drop-service-code') && { code: undefined }),
      ...(defects.has('page-pasted') && { message: said }),
      ...(defects.has('message-replaced') && { message: 'The call failed.' }),
      ...(defects.has('field-dropped') && { field: undefined }),
      ...(defects.has('workspace-not-named') && { workspace: undefined }),
      ...(defects.has('request-id-prefix-kept') && { requestId: completionId(said) ?? described.requestId }),
      ...(defects.has('drop-request-id') && { requestId: undefined }),
      ...(defects.has('ignore-retry-after') && { retryAfterMs: undefined }),
      ...(defects.has('retry-after-in-milliseconds') && {
        retryAfterMs: headers.has('retry-after')
          ? Number(headers.get('retry-after'))
          : described.retryAfterMs,
      }),
    },
    context,
  );
}

function completionId(said: string): string | undefined {
  return /"id": ?"(chatcmpl-[^"]+)"/.exec(said)?.[1];
}

/** Should the service have repeated the key, it is taken out. */
function withoutKey(error: OutcomeError, { defects, apiKey }: FailureContext): OutcomeError {
  if (!apiKey || defects.has('key-echoed')) return error;
  return JSON.parse(JSON.stringify(error).replaceAll(apiKey, '[key]')) as OutcomeError;
}

/** Defects that show in every failure, whoever reported it. */
export function spoilAny(
  error: OutcomeError,
  { defects, apiKey }: Pick<FailureContext, 'defects' | 'apiKey'>,
): OutcomeError {
  return {
    ...error,
    ...(defects.has('drop-hint') && { hint: undefined }),
    ...(defects.has('key-in-error-text') && {
      rendered: `${error.rendered ?? ''} Authorization: Bearer ${apiKey}`,
    }),
  };
}

/**
 * A failure that the service did not report, such as a broken connection: its kind is seen, the rest is as the case
 * expects, because no reply says it.
 */
export function localFailure(
  seen: Partial<OutcomeError> & Pick<OutcomeError, 'kind'>,
  expected: ExpectedError = {},
): OutcomeError {
  const { retryable, status, timeout, retryAfterMs } = expected;
  return {
    code: sample(expected.code),
    requestId: sample(expected.requestId),
    hint: sample(expected.hint),
    message: sample(expected.message),
    field: sample(expected.field),
    workspace: sample(expected.workspace),
    text: sample(expected.text),
    status: status ?? undefined,
    timeout: timeout ?? undefined,
    retryAfterMs: retryAfterMs ?? undefined,
    ...(retryable !== undefined && { retryable }),
    ...seen,
  };
}

/** Some text that a match accepts. */
export function sample(match: TextMatch | undefined): string | undefined {
  if (typeof match === 'string') return match;
  if (!match) return undefined;
  return 'contains' in match ? match.contains : 'Something.';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
