import type { ResponseHeaders } from '../transport.ts';

/**
 * How long a gateway asks to wait, in milliseconds. The service itself was never seen to send these headers.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfterMs(headers: ResponseHeaders): number | undefined {
  const after = headers.get('retry-after') || Number.NaN;
  const seconds = Number(after);
  const waits = [
    Number(headers.get('retry-after-ms') || Number.NaN),
    seconds * 1000,
    // Not a number of seconds: a date.
    Number.isNaN(seconds) ? Date.parse(String(after)) - Date.now() : Number.NaN,
  ];
  const wait = waits.find(Number.isFinite);
  return wait === undefined ? undefined : Math.max(0, wait);
}
