import { type ChatCall, textOf, thinks } from './chat-call.ts';
import type { CacheUse } from './context-cache.ts';
import { type AnswerDraft, countUsage } from './count-usage.ts';
import { defaultJson, defaultReasoning, defaultText } from './default-reply.ts';
import type { TokenUsage } from './emulator.ts';
import { toInstance } from './json-instance.ts';
import { type OcrResult, ocrText, planOcrResult } from './ocr-result.ts';
import { offers, type Rule } from './rule-book.ts';
import { planSpeech, type SpokenAnswer } from './spoken-answer.ts';
import { countTokens, splitTokens, toPieces } from './tokens.ts';

export interface PlannedToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, or what a rule gives for it. */
  readonly arguments: string;
}

/** One of the answers to a call. */
export interface PlannedAnswer {
  /** `undefined` when the call does not think. */
  readonly reasoning: string | undefined;
  /** Pieces in which the text is streamed. */
  readonly text: readonly string[];
  readonly toolCalls: readonly PlannedToolCall[];
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
  /** Of this answer alone, with the whole input. */
  readonly usage: TokenUsage;
}

/** Everything that a reply holds, before a wire writes it. Speech, code and OCR results belong to its first answer. */
export interface PlannedReply {
  readonly answers: readonly PlannedAnswer[];
  /** Whether the request named the function to call. */
  readonly forced: boolean;
  /** Of all answers together. */
  readonly usage: TokenUsage;
  readonly sources: NonNullable<Rule['sources']>;
  /** What the code interpreter runs. */
  readonly code: readonly string[];
  readonly speech: SpokenAnswer | undefined;
  readonly ocrResult: OcrResult | undefined;
}

export interface PlanOptions {
  readonly rule: Rule | undefined;
  readonly cache: CacheUse;
  readonly createId: () => string;
}

/** Decides what to answer: what the rule says, and what follows from the request for all else. */
export function planReply(call: ChatCall, { rule, cache, createId }: PlanOptions): PlannedReply {
  const toolCalls = planToolCalls(call, rule, createId);
  const ocrResult = planOcrResult(call, rule);
  const drafts = Array.from({ length: call.choices }, (_, index) =>
    planAnswer(call, { rule, toolCalls, ocrResult, index }),
  );
  const speech = planSpeech(call, rule, drafts[0]?.text.join('') ?? '');
  const code = call.codeInterpreter ? (rule?.code ?? []) : [];
  const { answers, usage } = countUsage(call, rule, { drafts, speech, code, cache });
  return {
    answers,
    forced: typeof call.toolChoice === 'object',
    usage,
    sources: rule?.sources ?? [],
    code,
    speech,
    ocrResult,
  };
}

interface AnswerContext {
  readonly rule: Rule | undefined;
  readonly toolCalls: readonly PlannedToolCall[];
  readonly ocrResult: OcrResult | undefined;
  readonly index: number;
}

function planAnswer(call: ChatCall, context: AnswerContext): AnswerDraft {
  const { rule, toolCalls } = context;
  const reasoning = thinks(call) ? cutReasoning(rule?.reasoning ?? defaultReasoning(call), call) : undefined;
  const whole = toolCalls.length > 0 ? saidBeside(rule) : continued(planText(call, context), call);
  const stopped = cutAtStop(whole, call.stop);
  const text = cutAtLength(stopped, reasoning, call);
  const wasCut = text.join('') !== stopped.join('');
  return {
    reasoning,
    text,
    toolCalls,
    finishReason: rule?.finishReason ?? (toolCalls.length > 0 ? 'tool_calls' : wasCut ? 'length' : 'stop'),
  };
}

function planToolCalls(call: ChatCall, rule: Rule | undefined, createId: () => string): PlannedToolCall[] {
  const { toolChoice } = call;
  if (toolChoice === 'none') return [];
  const wanted = (rule?.toolCalls ?? [])
    .filter(({ name }) => offers(call, name))
    .filter(({ name }) => typeof toolChoice !== 'object' || toolChoice.name === name);
  const planned = wanted.map(({ id = toCallId(createId()), name, arguments: input }) => ({
    id,
    name,
    arguments: typeof input === 'string' ? input : JSON.stringify(input),
  }));
  if (planned.length > 0 || typeof toolChoice !== 'object') {
    return call.parallelToolCalls ? planned : planned.slice(0, 1);
  }
  const tool = call.tools.find(({ name }) => name === toolChoice.name);
  const input = toInstance(tool?.parameters ?? {}, 'text') ?? {};
  return [{ id: toCallId(createId()), name: toolChoice.name, arguments: JSON.stringify(input) }];
}

function toCallId(id: string): string {
  return `call_${id.replaceAll('-', '').slice(0, 24)}`;
}

// A rule's text answers calls that offer no tool; beside a tool call only exact pieces are spoken.
function saidBeside(rule: Rule | undefined): readonly string[] {
  return rule?.chunks ?? [];
}

function planText(call: ChatCall, { rule, ocrResult, index }: AnswerContext): readonly string[] {
  const choice = rule?.choices?.[index] ?? rule?.choices?.at(-1);
  const spoken = call.speech && rule?.audio?.transcript;
  const text = choice ?? rule?.text ?? rule?.chunks?.join('') ?? spoken ?? (ocrResult && ocrText(ocrResult));
  if (call.responseFormat !== 'text') return toPieces(defaultJson(call, text), tokensPerPiece);
  return rule?.chunks ?? toPieces(text ?? defaultText(call), tokensPerPiece);
}

// The reply to the beginning of an answer holds only what follows it.
function continued(pieces: readonly string[], { messages }: ChatCall): readonly string[] {
  const last = messages.at(-1);
  const begun = last?.partial ? textOf(last) : '';
  return pieces.join('').startsWith(begun) ? cutStart(pieces, begun.length) : pieces;
}

function cutStart(pieces: readonly string[], length: number): readonly string[] {
  let left = length;
  return pieces.flatMap((piece) => {
    const kept = piece.slice(left);
    left = Math.max(0, left - piece.length);
    return kept === '' ? [] : [kept];
  });
}

const tokensPerPiece = 2;

function cutAtStop(pieces: readonly string[], stop: readonly string[]): readonly string[] {
  const text = pieces.join('');
  const ends = stop.map((mark) => text.indexOf(mark)).filter((position) => position >= 0);
  return ends.length === 0 ? pieces : cutAt(pieces, Math.min(...ends));
}

function cutAtLength(
  pieces: readonly string[],
  reasoning: string | undefined,
  { maxTokens, maxCompletionTokens }: ChatCall,
): readonly string[] {
  const left = Math.min(
    maxTokens ?? Number.POSITIVE_INFINITY,
    (maxCompletionTokens ?? Number.POSITIVE_INFINITY) - countTokens(reasoning ?? ''),
  );
  const tokens = splitTokens(pieces.join(''));
  if (tokens.length <= left) return pieces;
  return cutAt(pieces, tokens.slice(0, Math.max(0, left)).join('').length);
}

function cutAt(pieces: readonly string[], length: number): readonly string[] {
  let start = 0;
  return pieces.flatMap((piece) => {
    const kept = piece.slice(0, Math.max(0, length - start));
    start += piece.length;
    return kept === '' ? [] : [kept];
  });
}

function cutReasoning(reasoning: string, { thinkingBudget, maxCompletionTokens }: ChatCall): string {
  const limit = Math.min(
    thinkingBudget ?? Number.POSITIVE_INFINITY,
    maxCompletionTokens ?? Number.POSITIVE_INFINITY,
  );
  const tokens = splitTokens(reasoning);
  return tokens.length <= limit ? reasoning : tokens.slice(0, limit).join('');
}
