import type { ChatAudio, ChatEvent, CodeRun, JsonObject, Usage } from '@qwire/core';
import { createChoice } from '@qwire/core/adapter-kit';
import type { Outcome } from '../src/outcome.ts';
import type { Defect } from './defects.ts';
import { type Piece, type ToolCallPiece, toFinishReason } from './read-piece.ts';

/** Puts pieces together: to events while they arrive, to a response at the end. */
export interface Answer {
  add(piece: Piece): ChatEvent[];
  /** The last events. Throws `TruncatedAnswer` when no finish reason came. */
  end(): ChatEvent[];
  response(): NonNullable<Outcome['response']>;
}

/** The answer ended before it was complete. */
export class TruncatedAnswer extends Error {
  override readonly name = 'TruncatedAnswer';
}

/** The answer asks for a tool call and does not say of what. */
export class NamelessCall extends Error {
  override readonly name = 'NamelessCall';
}

interface AnswerContext {
  readonly model: string;
  readonly defects: ReadonlySet<Defect>;
  /** Frames repeat everything so far. */
  readonly cumulative: boolean;
}

export function createAnswer({ model, defects, cumulative }: AnswerContext): Answer {
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  const places = new Map<number, number>();
  const seen = new Map<string, string>();
  const sources: Piece['sources'][number][] = [];
  const logprobs: Piece['logprobs'][number][] = [];
  let start: Extract<ChatEvent, { type: 'response-start' }> | undefined;
  let text = '';
  let reasoning = '';
  let usage: Usage | undefined;
  let finishReason: string | undefined;
  let audio: Partial<ChatAudio> | undefined;
  let ocrResult: JsonObject | undefined;
  const codeRuns: CodeRun[] = [];

  return { add, end, response };

  function add(piece: Piece): ChatEvent[] {
    const events: ChatEvent[] = [];
    if (!start) {
      const requestId = defects.has('drop-request-id') ? undefined : piece.requestId;
      start = { type: 'response-start', requestId, model: piece.model ?? model };
      events.push(start);
    }
    events.push(...addCodeRuns(piece.codeRuns));
    const takesSources = sources.length === 0 || defects.has('later-search-info-wins');
    if (takesSources && !defects.has('drop-sources')) {
      sources.splice(0, sources.length, ...piece.sources);
      events.push(...piece.sources.map((source) => ({ type: 'source' as const, source })));
    }
    events.push(...addReasoning(toDelta(piece.reasoning, 'reasoning')));
    events.push(...addText(toDelta(piece.text, 'text'), piece.logprobs));
    if (piece.audio && !defects.has('drop-audio')) {
      audio = { ...audio, ...piece.audio, ...joined(audio, piece.audio) };
      events.push({ type: 'audio-delta', ...piece.audio });
    }
    if (piece.ocrResult && !defects.has('drop-ocr-result')) {
      ocrResult = piece.ocrResult;
      events.push({ type: 'ocr-result', result: piece.ocrResult });
    }
    if (!defects.has('tool-calls-dropped')) events.push(...piece.toolCalls.flatMap(addToolCall));
    if (piece.usage) usage = nextUsage(usage, piece.usage);
    finishReason ??= piece.finishReason;
    return events;
  }

  function toDelta(whole: string, name: string): string {
    if (!cumulative || whole === '' || defects.has('cumulative-treated-as-delta')) return whole;
    const before = seen.get(name) ?? '';
    seen.set(name, whole);
    return whole.slice(before.length);
  }

  function addReasoning(delta: string): ChatEvent[] {
    if (delta === '' || defects.has('drop-reasoning')) return [];
    if (defects.has('reasoning-into-text')) return addText(delta, []);
    reasoning += delta;
    return [{ type: 'reasoning-delta', text: delta }];
  }

  function addCodeRuns(runs: readonly CodeRun[]): ChatEvent[] {
    if (defects.has('drop-code-runs')) return [];
    return runs.flatMap(({ code }, index) => {
      if (codeRuns[index]?.code === code) return [];
      codeRuns[index] = { code };
      return [{ type: 'code-run' as const, index, code }];
    });
  }

  function addText(delta: string, reported: Piece['logprobs']): ChatEvent[] {
    const probabilities = defects.has('drop-logprobs') ? [] : reported;
    logprobs.push(...probabilities);
    if (delta === '' && probabilities.length === 0) return [];
    text = defects.has('last-delta-wins') ? delta : text + delta;
    return [
      { type: 'text-delta', text: delta, ...(probabilities.length > 0 && { logprobs: probabilities }) },
    ];
  }

  function addToolCall(piece: ToolCallPiece): ChatEvent[] {
    const found = indexOf(piece);
    const startsAnew =
      (defects.has('empty-id-starts-tool-call') && piece.id === '') ||
      (defects.has('repeated-id-starts-tool-call') && piece.id !== '' && calls.has(found));
    const index = startsAnew ? calls.size : found;
    if (defects.has('first-tool-call-only') && index > 0) return [];
    const delta = toDelta(piece.arguments, `tool-call ${index}`);
    const call = calls.get(index);
    if (call) call.arguments += delta;
    else calls.set(index, { id: piece.id, name: piece.name, arguments: delta });
    if (!calls.get(index)?.name && !defects.has('nameless-call-kept')) return [];
    return [
      ...(call ? [] : [{ type: 'tool-call-start' as const, index, id: piece.id, name: piece.name }]),
      ...(delta ? [{ type: 'tool-call-delta' as const, index, arguments: delta }] : []),
    ];
  }

  /** A piece without an index belongs to the last call that began in its place, unless its id is another's. */
  function indexOf({ index, place, id }: ToolCallPiece): number {
    if (index !== undefined) return index;
    const last = places.get(place) ?? place;
    const isOther = id !== '' && (calls.get(last)?.id ?? id) !== id && !defects.has('tool-calls-joined');
    if (isOther) places.set(place, calls.size);
    return places.get(place) ?? place;
  }

  function nextUsage(before: Usage | undefined, latest: Usage): Usage {
    if (before && defects.has('usage-from-first-frame')) return before;
    if (!before || !defects.has('usage-summed-over-frames')) return latest;
    const names = new Set([...Object.keys(before), ...Object.keys(latest)]) as Set<keyof Usage>;
    const sums = [...names].map((name) => [name, Number(before[name] ?? 0) + Number(latest[name] ?? 0)]);
    return Object.fromEntries(sums) as unknown as Usage;
  }

  function end(): ChatEvent[] {
    if (finishReason === undefined && !defects.has('accept-truncated-stream')) throw new TruncatedAnswer();
    if ([...calls.values()].some(({ name }) => !name) && !defects.has('nameless-call-kept')) {
      throw new NamelessCall();
    }
    const ends = [...calls].map(([index, call]) => ({
      type: 'tool-call-end' as const,
      index,
      ...call,
      input: parseArguments(call.arguments),
    }));
    const reported: ChatEvent[] = usage && !defects.has('lose-usage') ? [{ type: 'usage', usage }] : [];
    const finish = { type: 'finish' as const, finishReason: reason(), rawFinishReason: finishReason };
    return [...ends, ...reported, finish];
  }

  function reason() {
    if (defects.has('finish-reason-missing')) return 'stop';
    if (finishReason === 'stop' && calls.size > 0) return 'tool-calls';
    return toFinishReason(finishReason ?? '', defects);
  }

  function parseArguments(json: string): unknown {
    try {
      return JSON.parse(json);
    } catch (error) {
      if (defects.has('tool-arguments-parsed-strictly')) throw error;
      return undefined;
    }
  }

  function response(): NonNullable<Outcome['response']> {
    const toolCalls = [...calls.values()].map((call) => ({ ...call, input: parseArguments(call.arguments) }));
    const choice = createChoice({
      text: defects.has('answer-trimmed') ? text.trim() : text,
      reasoning,
      toolCalls,
      finishReason: reason(),
      rawFinishReason: finishReason,
    });
    const reported = defects.has('lose-usage') ? undefined : usage;
    const nothing = defects.has('usage-zero-when-absent') ? 0 : undefined;
    return {
      ...choice,
      ...(defects.has('empty-reasoning-kept') && { reasoning }),
      ...(logprobs.length > 0 && { logprobs }),
      ...(audio && { audio: { data: '', ...audio } }),
      ...(ocrResult && { ocrResult }),
      ...(codeRuns.length > 0 && { codeRuns }),
      usage: reported ?? { inputTokens: nothing, outputTokens: nothing, totalTokens: nothing },
      sources,
      requestId: start?.requestId,
      model: start?.model ?? model,
    };
  }
}

/** Sound and transcript come in pieces. */
function joined(before: Partial<ChatAudio> | undefined, piece: Partial<ChatAudio>): Partial<ChatAudio> {
  const data = (before?.data ?? '') + (piece.data ?? '');
  const transcript = (before?.transcript ?? '') + (piece.transcript ?? '');
  return { data, ...(transcript && { transcript }) };
}
