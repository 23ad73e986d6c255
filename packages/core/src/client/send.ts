import type { Endpoint } from '../endpoint.ts';
import { QwireError } from '../qwire-error.ts';
import type { WireRequest } from '../wire-format.ts';
import type { Secret } from './secret.ts';
import { timeoutError, type Watch } from './watch.ts';

export interface Transport {
  readonly fetch: typeof globalThis.fetch;
  readonly endpoint: Endpoint;
  /** None for an address that is not the service's. */
  readonly apiKey: Secret | undefined;
  /** In the order in which they override each other. */
  readonly headers: readonly (Readonly<Record<string, string>> | undefined)[];
}

/**
 * Sends one request. A redirect is not followed: the key must reach no other host.
 *
 * @throws QwireError of kinds `connection`, `timeout`, `aborted`, `configuration`, `invalid-response`.
 */
export async function send(request: WireRequest, transport: Transport, watch: Watch): Promise<Response> {
  const { fetch, endpoint } = transport;
  const headers = createHeaders(request, transport);
  const body = writeBody(request);
  const response = await untilAborted(watch.signal, () =>
    fetch(endpoint.baseURL + request.path, {
      method: request.method ?? 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
      signal: watch.signal,
      redirect: 'manual',
    }),
  ).catch((cause: unknown) => {
    throw connectionError(cause, watch.signal);
  });
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    void response.body?.cancel().catch(() => {});
    throw new QwireError('The service answered with a redirect, which is not followed', {
      kind: 'invalid-response',
      status: response.status || undefined,
      hint: 'Set the base URL to the address that finally answers; the key is sent to no other host.',
    });
  }
  return response;
}

function writeBody({ body }: WireRequest): string | FormData | undefined {
  return body === undefined || body instanceof FormData ? body : JSON.stringify(body);
}

function createHeaders(request: WireRequest, { endpoint, apiKey, headers: own }: Transport): Headers {
  try {
    const headers = new Headers({
      // The platform writes the one of a form, which names its boundary.
      ...(request.body === undefined || request.body instanceof FormData
        ? {}
        : { 'Content-Type': 'application/json' }),
      ...request.headers,
      ...endpoint.headers,
    });
    if (apiKey !== undefined) headers.set('Authorization', `Bearer ${apiKey.reveal()}`);
    for (const more of own) for (const [name, value] of Object.entries(more ?? {})) headers.set(name, value);
    return headers;
  } catch {
    // The platform's own error would quote the value.
    throw new QwireError('headers: a name or value holds characters that HTTP does not allow', {
      kind: 'configuration',
      field: 'headers',
    });
  }
}

/** A `fetch` that does not heed its signal must not keep the caller waiting, nor leave its late response open. */
function untilAborted(signal: AbortSignal, work: () => Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work()
      .then((response) => {
        if (signal.aborted) void response.body?.cancel().catch(() => {});
        resolve(response);
      }, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** What a failed `fetch` or read means; when the watch ended it, the watch's own reason. */
export function connectionError(cause: unknown, signal: AbortSignal): QwireError {
  if (signal.aborted) return signal.reason as QwireError;
  if (QwireError.is(cause)) return cause;
  const code = networkCode(cause);
  // Node's fetch has limits of its own.
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return timeoutError('connectMs', undefined, cause);
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return timeoutError('firstEventMs', undefined, cause);
  if (code === 'UND_ERR_BODY_TIMEOUT') return timeoutError('idleMs', undefined, cause);
  return new QwireError(`The connection to the service failed${code ? ` (${code})` : ''}`, {
    kind: 'connection',
    retryable: true,
    hint: 'Check the address, the network, and any proxy or firewall on the way.',
    cause,
  });
}

function networkCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}
