import type { ChatEvent } from './chat-event.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ChatResponse } from './chat-response.ts';
import type { Secret } from './client/secret.ts';
import type { EmbedRequest, EmbedResponse } from './embed.ts';
import type { QwireError } from './qwire-error.ts';
import type { Region, RegionAlias } from './region.ts';
import type { Transport } from './transport.ts';
import type { Usage } from './usage.ts';

/** Limits in milliseconds; each fails with kind `timeout` and its name in `timeout`. `Infinity` switches one off. */
export interface Timeouts {
  /**
   * Of a stream: from sending the request until the response's headers; 60 s unless given. A reply that is not
   * streamed brings its headers only when it is finished, so there `firstEventMs` governs.
   */
  readonly connectMs?: number;
  /** From sending the request until the first event, or until a reply that is not streamed begins; 300 s unless given. */
  readonly firstEventMs?: number;
  /** Between two chunks of bytes; 120 s unless given. */
  readonly idleMs?: number;
  /** The whole call, retries and waits included; no limit unless given. */
  readonly totalMs?: number;
}

/** Receives what the client does, never keys or contents. `console` is one. */
export interface Logger {
  debug(message: string, fields: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
}

/**
 * The key, or what returns it: a function is asked anew for every try, so keys may rotate, and waited for as long as
 * `timeouts.connectMs` says.
 */
export type ApiKey =
  | string
  | Secret
  | (() => string | Secret | undefined | Promise<string | Secret | undefined>);

/** How a client reaches the service, and as whom. What is not given may come from the environment. */
export interface ClientOptions {
  /** `DASHSCOPE_API_KEY` unless given. What the environment says holds from the first call on that could be sent. */
  readonly apiKey?: ApiKey;
  /** `DASHSCOPE_API_REGION` unless given. Never guessed: a key belongs to one region. */
  readonly region?: Region | RegionAlias;
  /** The workspace's id, such as `llm-…`; `DASHSCOPE_WORKSPACE` unless given, and `null` for none in spite of that. */
  readonly workspaceId?: string | null;
  /**
   * How the workspace is named to the service: as the first label of the host, or in the `X-DashScope-WorkSpace`
   * header on the region's shared host. `host` unless given; `header` where a base URL is given or the region has no
   * documented workspace host.
   */
  readonly workspaceIn?: 'host' | 'header';
  /**
   * Replaces the region's address. Without a path, the wire's own path is added. Where neither it nor a region is given,
   * `DASHSCOPE_HTTP_BASE_URL` or `DASHSCOPE_COMPATIBLE_BASE_URL` counts, each on its wire.
   */
  readonly baseURL?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The platform's `fetch` unless given. */
  readonly fetch?: typeof globalThis.fetch;
  /** Carries the requests instead of `fetch`, such as the one of `@qwire/core/node`. */
  readonly transport?: Transport;
  /** Tries after the first one, for errors that are retryable; unless given 2, and 7 for limits, which recover in a minute. */
  readonly maxRetries?: number;
  /** Of every call; a limit that is not named here keeps what it is unless given. */
  readonly timeouts?: Timeouts;
  /** What wraps every call; the first is the outermost. */
  readonly interceptors?: readonly Interceptor[];
  /** Told of every request and of every try that is repeated; nobody is unless given. */
  readonly logger?: Logger;
  /** Lets a client be made in a page of a browser, where whoever opens the page can read the key. */
  readonly dangerouslyAllowBrowser?: boolean;
  /** Lets the key travel over `http:` to other hosts than this machine, where whoever is on the way can read it. */
  readonly dangerouslyAllowHTTP?: boolean;
}

/** What one call does otherwise than its client. */
export interface CallOptions {
  /** Aborts the call; the error is of kind `aborted` and its cause is the signal's reason. */
  readonly signal?: AbortSignal;
  /** Sent with this request; win over the client's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Tries after the first one; the client's unless given. */
  readonly maxRetries?: number;
  /** Limit by limit in place of the client's. */
  readonly timeouts?: Timeouts;
  /**
   * Called when a try has failed and another is to follow, which waits for it. Interceptors, around all tries of a call,
   * learn of each failure by it, and may hold the next try back. What it throws ends the call.
   */
  readonly beforeRetry?: (failed: FailedTry) => void | Promise<void>;
}

/** A try that is repeated. */
export interface FailedTry {
  readonly error: QwireError;
  /** How many tries there were; 1 after the first. */
  readonly tries: number;
  /** From the failure to the next try at least. */
  readonly delayMs: number;
  /** Aborted when the call ends while it waits; the reason is the error that it ends with. */
  readonly signal: AbortSignal;
}

interface CallContext {
  readonly options: CallOptions;
  /** The wire format's name. */
  readonly wire: string;
  /** The workspace's id, when the client was given one. */
  readonly workspace: string | undefined;
}

/** A chat on its way to the service, streamed or not. */
export interface ChatCall extends CallContext {
  readonly operation: 'chat' | 'stream';
  readonly request: ChatRequest;
}

/** Texts on their way to become vectors. */
export interface EmbedCall extends CallContext {
  readonly operation: 'embed';
  readonly request: EmbedRequest;
}

/** A call that only one wire has, such as bringing a file to the service. It calls no model, and uses no tokens. */
export interface OtherCall extends CallContext {
  readonly operation: 'other';
  /** Which it is, such as `upload`. */
  readonly name: string;
  /** The model that it is for; nothing else of the request. */
  readonly request: { readonly model: string };
}

/** One call on its way to the service. */
export type Call = ChatCall | EmbedCall | OtherCall;

/** What a stream's reply holds beside its events. */
export interface StreamRest extends Pick<ChatResponse, 'warnings' | 'raw'> {
  /** Token counts so far, also of a stream that was left or failed before its `usage` event. */
  readonly usage?: Usage | undefined;
}

/** Events whose next one may be there already, and can then be had without waiting. */
export interface EventIterator extends AsyncIterableIterator<ChatEvent, undefined> {
  /** The next event if it has arrived; `undefined` says nothing about the end, which only `next` tells. */
  take(): ChatEvent | undefined;
}

/** A stream whose first event has arrived. */
export interface StreamResult {
  readonly operation: 'stream';
  /** From the client itself an `EventIterator`; interceptors may give any other. */
  readonly events: AsyncIterable<ChatEvent> | EventIterator;
  /** What the reply holds beside its events; complete once they have ended. */
  readonly rest: () => StreamRest;
}

/** What a call brings: the reply, or the events of a stream. */
export type CallResult =
  | { readonly operation: 'chat'; readonly response: ChatResponse }
  | StreamResult
  | { readonly operation: 'embed'; readonly response: EmbedResponse }
  | { readonly operation: 'other'; readonly response: unknown };

/** Makes the call: the next interceptor, or the client itself. Rejects with a `QwireError` when the call fails. */
export type Next = (call: Call) => Promise<CallResult>;

/** Wraps every call, retries included. The first in the list is the outermost. */
export type Interceptor = (next: Next) => Next;

/**
 * The events of one reply. The request is sent when the first event is asked for; leaving the loop early cancels it.
 * It can be read once.
 */
export interface ChatStream<T = unknown> extends AsyncIterable<ChatEvent> {
  /** Only the text. Reading it reads the stream. */
  readonly textStream: AsyncIterable<string>;
  /**
   * The same reply that `chat` gives. Reads the stream to its end when nobody else reads it.
   * @throws QwireError what the stream threw, or of kind `aborted` when its loop was left early.
   */
  response(): Promise<ChatResponse<T>>;
}

/** Calls models over one wire. Holds no global state: any number live side by side. */
export interface Client {
  /** The wire format's name. */
  readonly wire: string;
  /** The workspace's id, when one was given. */
  readonly workspace: string | undefined;
  /**
   * One reply, whole. Rejects with a `QwireError`: of kind `configuration` or `invalid-request` before anything is sent.
   */
  chat<T = unknown>(request: ChatRequest<T>, options?: CallOptions): Promise<ChatResponse<T>>;
  /** Never throws itself: what goes wrong is thrown by the loop and by `response()`. */
  stream<T = unknown>(request: ChatRequest<T>, options?: CallOptions): ChatStream<T>;
  /** Vectors of texts, in their order. Rejects with a `QwireError`, as `chat` does. */
  embed(request: EmbedRequest, options?: CallOptions): Promise<EmbedResponse>;
}
