import type { ChatAudio, CodeRun, Source, TokenLogprob } from './chat-response.ts';
import type { FinishReason } from './finish-reason.ts';
import type { JsonObject } from './json.ts';
import type { ToolCall } from './message.ts';
import type { Usage } from './usage.ts';

/** The service has begun to answer. Always the first event. */
export interface ResponseStartEvent {
  readonly type: 'response-start';
  readonly requestId: string | undefined;
  readonly model: string;
}

export interface TextDeltaEvent {
  readonly type: 'text-delta';
  readonly text: string;
  /** Given when the request asked for them, where the model reports them. */
  readonly logprobs?: readonly TokenLogprob[];
}

export interface ReasoningDeltaEvent {
  readonly type: 'reasoning-delta';
  readonly text: string;
}

export interface ToolCallStartEvent {
  readonly type: 'tool-call-start';
  /** Position among the calls of this answer; its deltas and its end carry the same. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
}

export interface ToolCallDeltaEvent {
  readonly type: 'tool-call-delta';
  readonly index: number;
  /** The next piece of the arguments' JSON text. */
  readonly arguments: string;
}

export interface ToolCallEndEvent extends ToolCall {
  readonly type: 'tool-call-end';
  readonly index: number;
}

export interface SourceEvent {
  readonly type: 'source';
  readonly source: Source;
}

/** The next piece of a spoken answer; any member may be missing. */
export interface AudioDeltaEvent extends Partial<ChatAudio> {
  readonly type: 'audio-delta';
}

/** The service ran code, or says more about a run that was reported before under the same index. */
export interface CodeRunEvent extends CodeRun {
  readonly type: 'code-run';
  readonly index: number;
}

/** What an OCR task read. */
export interface OcrResultEvent {
  readonly type: 'ocr-result';
  readonly result: JsonObject;
}

/** Token counts of the whole call; sent once, before `finish`, when the service reported any. */
export interface UsageEvent {
  readonly type: 'usage';
  readonly usage: Usage;
}

/** Always the last event; a stream that ends without one has thrown. */
export interface FinishEvent {
  readonly type: 'finish';
  readonly finishReason: FinishReason;
  readonly rawFinishReason: string | undefined;
}

export type ChatEvent =
  | ResponseStartEvent
  | TextDeltaEvent
  | ReasoningDeltaEvent
  | ToolCallStartEvent
  | ToolCallDeltaEvent
  | ToolCallEndEvent
  | SourceEvent
  | AudioDeltaEvent
  | CodeRunEvent
  | OcrResultEvent
  | UsageEvent
  | FinishEvent;
