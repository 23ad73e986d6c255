import { asText, type ResponseHeaders } from '@qwire/core/adapter-kit';

/** The service's id of the call: from the body, else from the header. */
export function readRequestId(
  body: Readonly<Record<string, unknown>>,
  headers: ResponseHeaders,
): string | undefined {
  return asText(body.request_id) || asText(body.requestId) || headers.get('x-request-id') || undefined;
}
