import type { Transport, TransportResponse } from '../transport.ts';

/** The platform's `fetch`, or another of its shape, as a transport. */
export function createFetchTransport(fetch: typeof globalThis.fetch): Transport {
  return ({ url, body, ...rest }) => {
    const controller = new AbortController();
    let cancelled = false;
    let cancelBody = () => {};
    const toResponse = (response: Response): TransportResponse => {
      const reader = response.body?.getReader();
      // Cancelling settles a pending read at once, also when the body itself never would.
      cancelBody = () => void reader?.cancel().catch(() => {});
      // A fetch that does not heed its signal brings its response late.
      if (cancelled) cancelBody();
      return {
        status: response.status,
        headers: response.headers,
        read: async () => (await reader?.read())?.value,
      };
    };
    const send = async () =>
      toResponse(
        await fetch(url, {
          ...rest,
          ...(body === undefined ? {} : { body }),
          signal: controller.signal,
          redirect: 'manual',
        }),
      );
    return {
      response: send(),
      cancel(reason) {
        cancelled = true;
        cancelBody();
        controller.abort(reason);
      },
    };
  };
}
