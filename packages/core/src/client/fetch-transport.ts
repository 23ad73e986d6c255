import type { BodyChunk, Exchange, Transport, TransportRequest, TransportResponse } from '../transport.ts';

/** The platform's `fetch`, or another of its shape, as a transport. */
export function createFetchTransport(fetch: typeof globalThis.fetch): Transport {
  return (request) => new FetchExchange(fetch, request);
}

class FetchExchange implements Exchange {
  readonly response: Promise<TransportResponse>;
  readonly #controller = new AbortController();
  #cancelled = false;
  #response: FetchResponse | undefined;

  constructor(fetch: typeof globalThis.fetch, request: TransportRequest) {
    this.response = this.#send(fetch, request);
  }

  async #send(
    fetch: typeof globalThis.fetch,
    { method, url, headers, body }: TransportRequest,
  ): Promise<TransportResponse> {
    const { signal } = this.#controller;
    const response = await fetch(url, { method, headers, body: body ?? null, signal, redirect: 'manual' });
    this.#response = new FetchResponse(response);
    // A fetch that does not heed its signal brings its response late.
    if (this.#cancelled) this.#response.cancel();
    return this.#response;
  }

  cancel(reason: unknown): void {
    this.#cancelled = true;
    this.#response?.cancel();
    this.#controller.abort(reason);
  }
}

class FetchResponse implements TransportResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor({ status, headers, body }: Response) {
    this.status = status;
    this.headers = headers;
    this.#reader = body?.getReader();
  }

  read(): Promise<BodyChunk> {
    return this.#reader ? this.#reader.read() : Promise.resolve({});
  }

  /** Settles a pending read at once, also when the body itself never would. */
  cancel(): void {
    void this.#reader?.cancel().catch(() => {});
  }
}
