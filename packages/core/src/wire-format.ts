import type { Capabilities } from './capability.ts';
import type { ChatEvent } from './chat-event.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ChatResponse, Warning } from './chat-response.ts';
import type { EmbedRequest, EmbedResponse } from './embed.ts';
import type { QwireError } from './qwire-error.ts';
import type { ServerSentEvent } from './server-sent-event.ts';
import type { ResponseHead } from './transport.ts';
import type { Usage } from './usage.ts';

/** What to send, without the address's host, the key and the client's own headers. */
export interface WireRequest {
  /** `POST` unless given. */
  readonly method?: 'GET' | 'POST';
  /** Below the wire's root, such as `/chat/completions`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON, or as the form that it is. */
  readonly body?: Readonly<Record<string, unknown>> | FormData;
  readonly warnings: readonly Warning[];
}

/** A response that is not a success; `body` is its text as received, possibly empty, possibly not JSON. */
export interface FailedResponse extends ResponseHead {
  readonly body: string;
}

/** Turns the frames of one stream into events. It holds the state of that stream and is used once. */
export interface StreamReader {
  /**
   * Reads one frame and reports the events that it brings.
   * @throws QwireError for an error frame, or a frame that cannot be read.
   */
  read(frame: ServerSentEvent): void;
  /**
   * Called once, when the stream has ended or `done` turned true; reports what is left, `finish` last.
   * @throws QwireError of kind `invalid-response` when the answer is not complete.
   */
  end(): void;
  /** Whether the stream has said that nothing more comes. */
  readonly done: boolean;
  /** The last frame that carried a body, parsed. */
  readonly raw: unknown;
  /** Token counts that frames have brought so far, for streams that are given up before their end. */
  readonly usage?: Usage | undefined;
}

export interface StreamContext {
  /** As the caller gave it. */
  readonly request: ChatRequest;
  readonly head: ResponseHead;
  readonly emit: (event: ChatEvent) => void;
}

/**
 * One of the ways to speak to the service: pure functions, no I/O. Core runs any value of this shape and knows nothing
 * else about a wire.
 */
export interface WireFormat {
  /** Appears in errors, logs and reports. */
  readonly name: string;
  /** Path of the wire below a host, such as `/api/v1`. */
  readonly root: string;
  /** The environment variable that holds a base URL for this wire. */
  readonly baseURLVariable: string;
  readonly capabilities: Capabilities;
  /**
   * The request for one call. Media in it are URLs already.
   * @throws QwireError of kind `invalid-request` for what this wire cannot say.
   */
  writeChat(request: ChatRequest, context: { readonly stream: boolean }): WireRequest;
  /**
   * The reply of a successful call that was not streamed.
   * @throws QwireError when the body is an error after all, or no reply.
   */
  readChat(
    body: string,
    context: { readonly request: ChatRequest; readonly head: ResponseHead },
  ): ChatResponse;
  createStreamReader(context: StreamContext): StreamReader;
  /** @throws QwireError of kind `invalid-request` for what this wire cannot say. */
  writeEmbed(request: EmbedRequest): WireRequest;
  /** @throws QwireError when the body is an error after all, or holds no vector for some text. */
  readEmbed(
    body: string,
    context: { readonly request: EmbedRequest; readonly head: ResponseHead },
  ): EmbedResponse;
  readError(failed: FailedResponse): QwireError;
}
