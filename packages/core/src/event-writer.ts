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

interface OpenToolCall {
  id: string;
  name: string;
  arguments: string;
  started: boolean;
}

/** Turns what frames say, in whatever order a wire says it, into the one order of events that callers see. */
export class EventWriter {
  readonly #emit: (event: ChatEvent) => void;
  #toolCalls: Map<number, OpenToolCall> | undefined;
  /** Where pieces of tool calls go that name no index, by their place in the frame. */
  #places: number[] | undefined;
  #codes: string[] | undefined;
  #usage: unknown;
  #readUsage: ((usage: unknown) => Usage) | undefined;
  #finish: Extract<ChatEvent, { type: 'finish' }> | undefined;
  #started = false;

  constructor(emit: (event: ChatEvent) => void) {
    this.#emit = emit;
  }

  get started(): boolean {
    return this.#started;
  }

  get hasToolCalls(): boolean {
    return this.#toolCalls !== undefined;
  }

  get finished(): boolean {
    return this.#finish !== undefined;
  }

  /** The count that holds so far; its event comes at the end only. */
  get reported(): Usage | undefined {
    return this.#readUsage?.(this.#usage);
  }

  /** Reports the start, once. */
  start(requestId: string | undefined, model: string): void {
    if (this.#started) return;
    this.#started = true;
    this.#emit({ type: 'response-start', requestId, model });
  }

  text(delta: string, logprobs?: readonly TokenLogprob[]): void {
    if (logprobs) this.#emit({ type: 'text-delta', text: delta, logprobs });
    else if (delta) this.#emit({ type: 'text-delta', text: delta });
  }

  reasoning(delta: string): void {
    if (delta) this.#emit({ type: 'reasoning-delta', text: delta });
  }

  toolCall(delta: ToolCallDelta): void {
    const { index } = delta;
    this.#toolCalls ??= new Map();
    let call = this.#toolCalls.get(index);
    if (!call) {
      call = { id: '', name: '', arguments: '', started: false };
      this.#toolCalls.set(index, call);
    }
    call.id ||= delta.id ?? '';
    call.name ||= delta.name ?? '';
    const piece = delta.arguments ?? '';
    call.arguments += piece;
    if (call.started) {
      if (piece) this.#emit({ type: 'tool-call-delta', index, arguments: piece });
    } else if (call.name) {
      // The name may come after the first arguments; these then follow it in one delta.
      call.started = true;
      this.#emit({ type: 'tool-call-start', index, id: call.id, name: call.name });
      if (call.arguments) this.#emit({ type: 'tool-call-delta', index, arguments: call.arguments });
    }
  }

  /** The index of a piece that names none: its place, unless the call there has another id; see tools/streamed-calls-without-index. */
  indexAt(place: number, id: string | undefined): number {
    this.#places ??= [];
    const index = this.#places[place] ?? place;
    const calls = this.#toolCalls ?? new Map<number, OpenToolCall>();
    const known = calls.get(index)?.id;
    if (!id || !known || id === known) return index;
    const [other = calls.size] = [...calls].find(([, call]) => call.id === id) ?? [];
    this.#places[place] = other;
    return other;
  }

  source(source: Source): void {
    this.#emit({ type: 'source', source });
  }

  audio(delta: Partial<ChatAudio>): void {
    this.#emit({ type: 'audio-delta', ...delta });
  }

  /** All runs so far, each time anew; what is new or has changed is reported. */
  codeRuns(runs: readonly CodeRun[]): void {
    for (const [index, { code }] of runs.entries()) {
      this.#codes ??= [];
      if (this.#codes[index] === code) continue;
      this.#codes[index] = code;
      this.#emit({ type: 'code-run', index, code });
    }
  }

  ocrResult(result: JsonObject): void {
    this.#emit({ type: 'ocr-result', result });
  }

  /** The last count given holds. It is read when it is wanted, since many frames each bring one. */
  usage(usage: unknown, read: (usage: unknown) => Usage): void {
    this.#usage = usage;
    this.#readUsage = read;
  }

  finish(finishReason: FinishReason, rawFinishReason: string): void {
    this.#finish = { type: 'finish', finishReason, rawFinishReason };
  }

  /**
   * Reports the ends of the tool calls, the usage and the finish.
   * @throws QwireError of kind `invalid-response` when no finish reason came.
   */
  end(): void {
    if (!this.#finish) throw endedEarly();
    for (const [index, { id, name, arguments: text }] of this.#toolCalls ?? []) {
      this.#emit({ type: 'tool-call-end', index, ...createToolCall({ index, id, name, arguments: text }) });
    }
    if (this.#readUsage) this.#emit({ type: 'usage', usage: this.#readUsage(this.#usage) });
    this.#emit(this.#finish);
  }
}

function endedEarly(): QwireError {
  return new QwireError('The stream ended before the answer did', {
    kind: 'invalid-response',
    retryable: true,
    hint: 'The connection was closed early, and no finish reason came. Keep what arrived, or ask again.',
  });
}
