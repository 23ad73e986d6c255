import type { ChatEvent } from './chat-event.ts';
import type { ChatAudio, CodeRun, Source, TokenLogprob } from './chat-response.ts';
import { createToolCall } from './create-tool-call.ts';
import type { FinishReason } from './finish-reason.ts';
import type { JsonObject } from './json.ts';
import { QwireError } from './qwire-error.ts';
import type { Usage } from './usage.ts';

/** A piece of a tool call as a frame brings it. What is missing or empty is unchanged. */
export interface ToolCallDelta {
  readonly index: number;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string | undefined;
}

/** Turns what frames say, in whatever order a wire says it, into the one order of events that callers see. */
export interface EventWriter {
  /** Reports the start, once. */
  start(requestId: string | undefined, model: string): void;
  readonly started: boolean;
  text(delta: string, logprobs?: readonly TokenLogprob[]): void;
  reasoning(delta: string): void;
  toolCall(delta: ToolCallDelta): void;
  source(source: Source): void;
  audio(delta: Partial<ChatAudio>): void;
  /** All runs so far, each time anew; what is new or has changed is reported. */
  codeRuns(runs: readonly CodeRun[]): void;
  ocrResult(result: JsonObject): void;
  /** The last count given holds. It is read when it is wanted, since many frames each bring one. */
  usage(read: () => Usage): void;
  /** The count that holds so far; its event comes at the end only. */
  readonly reported: Usage | undefined;
  finish(finishReason: FinishReason, rawFinishReason: string): void;
  readonly hasToolCalls: boolean;
  readonly finished: boolean;
  /** Reports the ends of the tool calls, the usage and the finish. */
  end(): void;
}

interface OpenToolCall {
  id: string;
  name: string;
  arguments: string;
  started: boolean;
}

/** @throws QwireError of kind `invalid-response`, from `end`, when no finish reason came. */
export function createEventWriter(emit: (event: ChatEvent) => void): EventWriter {
  const toolCalls = new Map<number, OpenToolCall>();
  const codes: string[] = [];
  let started = false;
  let readUsage: (() => Usage) | undefined;
  let finish: Extract<ChatEvent, { type: 'finish' }> | undefined;

  return {
    start(requestId, model) {
      if (started) return;
      started = true;
      emit({ type: 'response-start', requestId, model });
    },
    get started() {
      return started;
    },
    text(delta, logprobs) {
      if (logprobs) emit({ type: 'text-delta', text: delta, logprobs });
      else if (delta) emit({ type: 'text-delta', text: delta });
    },
    reasoning(delta) {
      if (delta) emit({ type: 'reasoning-delta', text: delta });
    },
    toolCall,
    source(source) {
      emit({ type: 'source', source });
    },
    audio(delta) {
      emit({ type: 'audio-delta', ...delta });
    },
    codeRuns(runs) {
      for (const [index, { code }] of runs.entries()) {
        if (codes[index] === code) continue;
        codes[index] = code;
        emit({ type: 'code-run', index, code });
      }
    },
    ocrResult(result) {
      emit({ type: 'ocr-result', result });
    },
    usage(read) {
      readUsage = read;
    },
    finish(finishReason, rawFinishReason) {
      finish = { type: 'finish', finishReason, rawFinishReason };
    },
    get reported() {
      return readUsage?.();
    },
    get hasToolCalls() {
      return toolCalls.size > 0;
    },
    get finished() {
      return finish !== undefined;
    },
    end() {
      if (!finish) throw endedEarly();
      for (const [index, call] of toolCalls) endToolCall(index, call);
      if (readUsage) emit({ type: 'usage', usage: readUsage() });
      emit(finish);
    },
  };

  function toolCall(delta: ToolCallDelta): void {
    const { index } = delta;
    let call = toolCalls.get(index);
    if (!call) {
      call = { id: '', name: '', arguments: '', started: false };
      toolCalls.set(index, call);
    }
    call.id ||= delta.id ?? '';
    call.name ||= delta.name ?? '';
    const piece = delta.arguments ?? '';
    call.arguments += piece;
    if (call.started) {
      if (piece) emit({ type: 'tool-call-delta', index, arguments: piece });
    } else if (call.name) {
      // The name may come after the first arguments; these then follow it in one delta.
      call.started = true;
      emit({ type: 'tool-call-start', index, id: call.id, name: call.name });
      if (call.arguments) emit({ type: 'tool-call-delta', index, arguments: call.arguments });
    }
  }

  function endToolCall(index: number, { id, name, arguments: text }: OpenToolCall): void {
    emit({ type: 'tool-call-end', index, ...createToolCall({ index, id, name, arguments: text }) });
  }
}

function endedEarly(): QwireError {
  return new QwireError('The stream ended before the answer did', {
    kind: 'invalid-response',
    retryable: true,
    hint: 'The connection was closed early, and no finish reason came. Keep what arrived, or ask again.',
  });
}
