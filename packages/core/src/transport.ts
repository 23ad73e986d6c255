/** A response's headers; `Headers` is one. */
export interface ResponseHeaders {
  /** The value under this name, in whichever case; `null` when it was not sent. */
  get(name: string): string | null;
}

/** A response's status line and headers. */
export interface ResponseHead {
  /** 0 for a redirect whose status the platform hides. */
  readonly status: number;
  readonly headers: ResponseHeaders;
}

export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A form brings its own content type. */
  readonly body: string | FormData | undefined;
}

/** What one read of a body gives, as the platform's own readers do. */
export interface BodyChunk {
  /** Bytes, decompressed; `undefined` at the end of the body. */
  readonly value?: Uint8Array | undefined;
}

export interface TransportResponse extends ResponseHead {
  /** The next bytes of the body. Asked for one at a time. */
  read(): Promise<BodyChunk>;
}

/** One request on its way, and the response to it. */
export interface Exchange {
  /** Settles when the headers are there. */
  readonly response: Promise<TransportResponse>;
  /** Ends it at any time, the connection included; what is pending settles, in whichever way. */
  cancel(reason: unknown): void;
}

/** Carries requests to the service. It follows no redirect, repeats nothing and has no time limits: the client has. */
export type Transport = (request: TransportRequest) => Exchange;
