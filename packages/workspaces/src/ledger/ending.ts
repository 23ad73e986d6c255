import type { Usage } from '@qwire/core';
import { QwireError, unreportedUsage } from '@qwire/core/adapter-kit';
import { causesOf } from '../causes-of.ts';
import type { UsageRecord } from '../usage-record.ts';

/** How a call ended, as far as it can be told. */
export interface Ending extends Pick<UsageRecord, 'outcome' | 'error'> {
  readonly requestId: string | undefined;
  readonly usage: Usage;
  /** It was refused on this side: the service knows nothing of it. */
  readonly isUnsent?: true;
  /** It was sent, and surely not paid for. */
  readonly isFree?: true;
  /** It was sent, and the service may charge for more than it has reported. */
  readonly isIncomplete?: true;
}

/** @param begun what the service had said, when it had begun to answer */
export function endingOf(error: unknown, begun?: Pick<Ending, 'requestId' | 'usage'>): Ending {
  const usage = begun?.usage ?? unreportedUsage;
  if (!QwireError.is(error)) {
    return { outcome: 'failed', requestId: begun?.requestId, usage, isIncomplete: true };
  }
  const { kind, code, status } = error;
  const isUnsent = !begun && isRefusedHere(error);
  const isFree = !begun && isNeverCharged(error);
  return {
    outcome: kind === 'aborted' ? 'cancelled' : 'failed',
    error: { kind, ...(code !== undefined && { code }), ...(status !== undefined && { status }) },
    requestId: error.requestId ?? begun?.requestId,
    usage,
    ...(isUnsent && { isUnsent }),
    ...(isFree && { isFree }),
    ...(!isUnsent && !isFree && { isIncomplete: true }),
  };
}

/** Kinds of what can go wrong between this side and the service. Every other kind is an answer of the one or the other. */
const betweenBoth: readonly QwireError['kind'][] = [
  'connection',
  'timeout',
  'aborted',
  'unavailable',
  'invalid-response',
];

/** The service's answers have a status, a code or a request id; what is refused before the network has none. */
function isRefusedHere({ kind, code, status, requestId }: QwireError): boolean {
  const isAnswer = code !== undefined || status !== undefined || requestId !== undefined;
  return !isAnswer && !betweenBoth.includes(kind);
}

/**
 * Failed calls are not charged (docs.qwencloud.com), nor is what cannot have reached the service. A call that was aborted,
 * timed out, was cut or brought a reply that nobody can read may have succeeded on the other side.
 */
function isNeverCharged(error: QwireError): boolean {
  const { kind, status = 0 } = error;
  if (status >= 400) return true;
  // The outermost code says what happened.
  const code = causesOf(error).find((cause) => cause.code !== undefined)?.code;
  return kind !== 'aborted' && beforeSending.some((pattern) => pattern.test(String(code)));
}

/** What Node, Deno and Bun call failures before which no request can be written: the name, the connection, TLS. */
const beforeSending: readonly RegExp[] = [
  /^(ENOTFOUND|ENODATA|EAI_\w+)$/,
  /^(ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT)$/,
  /CERT|VERIFY_LEAF|HOSTNAME_MISMATCH|WRONG_VERSION_NUMBER/,
];
