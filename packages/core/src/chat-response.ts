import type { FinishReason } from './finish-reason.ts';
import type { JsonObject } from './json.ts';
import type { AssistantMessage, ToolCall } from './message.ts';
import type { Usage } from './usage.ts';

/** A page that the model drew on. */
export interface Source {
  /** Position that citations in the text refer to. */
  readonly index?: number;
  readonly url: string;
  readonly title?: string;
  readonly siteName?: string;
}

export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number | undefined;
  readonly bytes?: readonly number[];
  readonly top?: readonly Omit<TokenLogprob, 'top'>[];
}

/** Something in the request that was changed or could not be said on this wire; the call went ahead. */
export interface Warning {
  /** The request member that it is about, such as `tools[0].name`. */
  readonly field?: string;
  readonly message: string;
}

/** A spoken answer. */
export interface ChatAudio {
  /** Base64 of the sound, in the format that was asked for. */
  readonly data: string;
  readonly transcript?: string;
  readonly id?: string;
  /** Where the sound can be fetched, until it expires. */
  readonly url?: string;
  /** Seconds since 1970. */
  readonly expiresAt?: number;
}

/** Code that the model wrote and the service ran. */
export interface CodeRun {
  readonly code: string;
}

/** One finished answer. */
export interface ChatChoice {
  readonly text: string;
  /** What the model thought first; `undefined` when it did not think or the service kept it back. */
  readonly reasoning: string | undefined;
  readonly toolCalls: readonly ToolCall[];
  /** Ready to be pushed into the next request's messages. */
  readonly message: AssistantMessage;
  readonly finishReason: FinishReason;
  /** The service's own word for it. */
  readonly rawFinishReason: string | undefined;
  readonly logprobs?: readonly TokenLogprob[];
  readonly audio?: ChatAudio;
  /** What an OCR task read, in the task's own form. */
  readonly ocrResult?: JsonObject;
}

/** The finished reply to one call. Of several answers, its own members are those of the first. */
export interface ChatResponse<T = unknown> extends ChatChoice {
  /** All answers; one, unless the request asked for more with `n`. */
  readonly choices: readonly ChatChoice[];
  /** The text as JSON, when the request asked for JSON and no tool was called; checked when it gave a Standard Schema. */
  readonly object?: T;
  readonly usage: Usage;
  /** Pages found by web search; empty when there was none, or this wire does not report them. */
  readonly sources: readonly Source[];
  /** What the code interpreter ran; left out when it did not run, or this wire does not report it. */
  readonly codeRuns?: readonly CodeRun[];
  readonly warnings: readonly Warning[];
  /** The service's id of this call, which its support asks for; from the body, else from a header. */
  readonly requestId: string | undefined;
  readonly model: string;
  /** The reply as the service sent it, parsed; of a stream, its last frame. For what Qwire has no name for. */
  readonly raw: unknown;
}
