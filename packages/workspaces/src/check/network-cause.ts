import type { QwireError } from '@qwire/core';
import { causesOf } from '../causes-of.ts';

/** Names that Node, Deno and Bun give to what happened, and what it was. */
const causes: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [/ENOTFOUND|EAI_|ENODATA|dns error/i, 'The host name was not found (DNS).'],
  [/ECONNREFUSED|ConnectionRefused/i, 'The host refused the connection.'],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|certificate/i,
    'No trusted TLS connection came about: a certificate is not accepted, as of a proxy that reads along.',
  ],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET|ConnectionClosed/i, 'The connection was cut.'],
  [/ETIMEDOUT|CONNECT_TIMEOUT|^No response began/i, 'Nobody answered in time.'],
  [/ENETUNREACH|EHOSTUNREACH|ENETDOWN/i, 'There is no way to the host.'],
  [/status 407/, 'A proxy wants a name and a password.'],
  [/no api-key provided/i, 'Something on the way took the key out of the request.'],
  [
    /no JSON|could not be read|no reply/i,
    'Something else than the service answered, such as a proxy or a login page.',
  ],
];

/** What kept the service from being reached, in a sentence; `undefined` when the platform does not say. */
export function networkCause(error: QwireError): string | undefined {
  const texts = [error, ...causesOf(error)].flatMap(({ code, message }) => [String(code), message]);
  return causes.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1];
}
