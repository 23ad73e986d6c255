import { QwireError } from '../qwire-error.ts';
import type { Exchange, Transport, TransportRequest, TransportResponse } from '../transport.ts';
import { timeoutError, type Watch } from './watch.ts';

/** A response that has begun, under the watch that may end it. */
export interface Opened {
  readonly response: TransportResponse;
  readonly exchange: Exchange;
}

/**
 * Sends one request. A redirect is not followed: the key must reach no other host.
 *
 * @throws QwireError of kinds `connection`, `timeout`, `aborted`, `configuration`, `invalid-response`.
 */
export async function send(
  request: TransportRequest,
  { transport, watch }: { readonly transport: Transport; readonly watch: Watch },
): Promise<Opened> {
  if (watch.failure) throw watch.failure;
  const exchange = begin(request, transport, watch);
  const response = await untilAborted(exchange, watch);
  const { status } = response;
  // Browsers give a redirect that is not followed the status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    exchange.cancel(undefined);
    throw new QwireError('The service answered with a redirect, which is not followed', {
      kind: 'invalid-response',
      status: status || undefined,
      hint: 'Set the base URL to the address that finally answers; the key is sent to no other host.',
    });
  }
  return { response, exchange };
}

function begin(request: TransportRequest, transport: Transport, watch: Watch): Exchange {
  try {
    return transport(request);
  } catch (cause) {
    throw connectionError(cause, watch);
  }
}

/** A transport that cannot be cancelled must not keep the caller waiting. */
function untilAborted(exchange: Exchange, watch: Watch): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    watch.over({
      cancel(failure) {
        isOver = true;
        reject(failure);
        exchange.cancel(failure);
      },
    });
    exchange.response.then(
      (response) => {
        // Another try may be under way.
        if (isOver) return;
        watch.over(exchange);
        resolve(response);
      },
      (cause) => reject(connectionError(cause, watch)),
    );
  });
}

/**
 * What a failed request or read means; when the watch ended it, the watch's own reason.
 * @param hasBegun whether the reply had begun
 */
export function connectionError(cause: unknown, watch: Watch, hasBegun = false): QwireError {
  if (watch.failure) return watch.failure;
  if (QwireError.is(cause)) return cause;
  const code = networkCode(cause);
  // Node's fetch has limits of its own.
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return timeoutError('connectMs', undefined, cause);
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return timeoutError('firstEventMs', undefined, cause);
  if (code === 'UND_ERR_BODY_TIMEOUT') return timeoutError('idleMs', undefined, cause);
  const isUntrusted = code !== undefined && untrusted.test(code);
  const what = hasBegun ? 'broke off during the reply' : 'failed';
  return new QwireError(`The connection to the service ${what}${code ? ` (${code})` : ''}`, {
    kind: 'connection',
    retryable: !isUntrusted,
    hint: isUntrusted ? hints.untrusted : hasBegun ? hints.brokeOff : hints.failed,
    cause,
  });
}

const hints = {
  untrusted:
    'The certificate is not trusted. Behind a proxy that makes its own, let NODE_EXTRA_CA_CERTS name its certificate.',
  failed: 'Check the address, the network, and any proxy or firewall on the way.',
  brokeOff: 'Send the request again; if it keeps breaking off, look at the proxies on the way.',
};

/** @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const untrusted = /CERT|VERIFY_LEAF|HOSTNAME_MISMATCH/;

function networkCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}
