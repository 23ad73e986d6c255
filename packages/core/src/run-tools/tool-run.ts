import type { ChatEvent } from '../chat-event.ts';
import type { ChatRequest } from '../chat-request.ts';
import type { ChatResponse } from '../chat-response.ts';
import type { CallOptions, Client } from '../client.ts';
import type { Message, ToolCall } from '../message.ts';
import type { RunnableTool } from './runnable-tool.ts';

/** A chat request whose tools can be called. */
export interface ToolRunRequest<T = unknown> extends ChatRequest<T> {
  readonly tools: readonly RunnableTool[];
}

/** `signal` interrupts the whole run; the other call options hold for the request of each step. */
export interface ToolRunOptions extends CallOptions {
  readonly client: Pick<Client, 'chat' | 'stream'>;
  /** Requests at most; 10 unless given. */
  readonly maxSteps?: number;
  /** Whether replies are streamed; true unless given. Without, the events of a reply come when it is finished. */
  readonly stream?: boolean;
}

/** The answer to one call. */
export interface ToolResult {
  /** Position of the call among those of its reply. */
  readonly index: number;
  readonly call: ToolCall;
  /** What the model is told. */
  readonly content: string;
  /** What `execute` returned. */
  readonly output?: unknown;
  /**
   * Why the model was told of a failure: what `execute` threw, or a `QwireError` of kind `invalid-response` when it was
   * not called because there is no such tool or the arguments are not valid.
   */
  readonly error?: Error;
}

/** One reply of the model with the answers to its calls, in the order of the calls. */
export interface ToolStep<T = unknown> {
  readonly response: ChatResponse<T>;
  readonly toolResults: readonly ToolResult[];
}

export interface StepStartEvent {
  readonly type: 'step-start';
  /** Position among the steps. */
  readonly step: number;
}

/** One call is answered. Calls run side by side, so results come in the order in which they are ready. */
export interface ToolResultEvent extends ToolResult {
  readonly type: 'tool-result';
  readonly step: number;
}

/** The reply is complete and its calls are answered. */
export interface StepFinishEvent<T = unknown> extends ToolStep<T> {
  readonly type: 'step-finish';
  readonly step: number;
}

/** Between the start and the finish of a step come the events of its reply, then the results of its calls. */
export type ToolRunEvent<T = unknown> = ChatEvent | StepStartEvent | ToolResultEvent | StepFinishEvent<T>;

/**
 * Why a run ended: the model answered without a call, it called a tool without `execute`, or the steps were used up
 * while it still called.
 */
export type ToolRunEnd = 'answer' | 'open-calls' | 'max-steps';

/** The last reply, and what led to it. Its warnings are those of all steps. */
export interface ToolRunResponse<T = unknown> extends ChatResponse<T> {
  readonly endedBy: ToolRunEnd;
  /** Every message that the run added, ready to be pushed into the next request's messages. */
  readonly messages: readonly Message[];
  readonly steps: readonly ToolStep<T>[];
  /** Calls of tools without `execute`; push a tool message for each before the next request. */
  readonly openCalls: readonly ToolCall[];
}

/** The events of all steps. It begins when it is first read, can be read once, and ends when its loop is left. */
export interface ToolRun<T = unknown> extends AsyncIterable<ToolRunEvent<T>> {
  /** The messages of the finished steps so far, also after a failure; always ready to be pushed. */
  readonly messages: readonly Message[];
  /** The steps so far; when a failure came between its results, the last one has only those. */
  readonly steps: readonly ToolStep<T>[];
  /**
   * Runs to the end when nobody else reads the events.
   * @throws QwireError what the run threw, or of kind `aborted` when its loop was left early.
   */
  response(): Promise<ToolRunResponse<T>>;
}
