import { type ChatCall, thinks } from './chat-call.ts';
import { countInput } from './count-input.ts';
import { defaultJson, defaultReasoning, defaultText } from './default-reply.ts';
import type { TokenUsage } from './emulator.ts';
import { toInstance } from './json-instance.ts';
import { offers, type Rule } from './rule-book.ts';
import { countTokens, splitTokens, toPieces } from './tokens.ts';

export interface PlannedToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, or what a rule gives for it. */
  readonly arguments: string;
}

/** Everything that an answer holds, before a wire writes it. */
export interface PlannedReply {
  /** `undefined` when the call does not think. */
  readonly reasoning: string | undefined;
  /** Pieces in which the text is streamed. */
  readonly text: readonly string[];
  readonly toolCalls: readonly PlannedToolCall[];
  /** Whether the request named the function to call. */
  readonly forced: boolean;
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
  /** Of all choices together. */
  readonly usage: TokenUsage;
  readonly sources: NonNullable<Rule['sources']>;
}

/** Decides what to answer: what the rule says, and what follows from the request for all else. */
export function planReply(call: ChatCall, rule: Rule | undefined, createId: () => string): PlannedReply {
  const toolCalls = planToolCalls(call, rule, createId);
  const reasoning = thinks(call) ? cutReasoning(rule?.reasoning ?? defaultReasoning(call), call) : undefined;
  const whole = toolCalls.length > 0 ? saidBeside(rule) : planText(call, rule);
  const stopped = cutAtStop(whole, call.stop);
  const text = cutAtLength(stopped, reasoning, call);
  const wasCut = text.join('') !== stopped.join('');
  return {
    reasoning,
    text,
    toolCalls,
    forced: typeof call.toolChoice === 'object',
    finishReason: rule?.finishReason ?? (toolCalls.length > 0 ? 'tool_calls' : wasCut ? 'length' : 'stop'),
    usage: countUsage(call, rule, { reasoning, text, toolCalls }),
    sources: rule?.sources ?? [],
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

function planText(call: ChatCall, rule: Rule | undefined): readonly string[] {
  const text = rule?.text ?? rule?.chunks?.join('');
  if (call.responseFormat !== 'text') return toPieces(defaultJson(call, text), tokensPerPiece);
  return rule?.chunks ?? toPieces(text ?? defaultText(call), tokensPerPiece);
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

function countUsage(
  call: ChatCall,
  rule: Rule | undefined,
  { reasoning = '', text, toolCalls }: Partial<PlannedReply>,
): TokenUsage {
  const said = rule?.usage ?? {};
  const input = countInput(call);
  const reasoningTokens = said.reasoningTokens ?? countTokens(reasoning) * call.choices;
  const answer = (text ?? []).join('') + (toolCalls ?? []).map((made) => made.name + made.arguments).join('');
  const inputTokens = said.inputTokens ?? input.inputTokens;
  const outputTokens = said.outputTokens ?? reasoningTokens + countTokens(answer) * call.choices;
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
    reasoningTokens,
    cachedInputTokens: said.cachedInputTokens ?? 0,
    cacheCreationInputTokens: said.cacheCreationInputTokens ?? 0,
    imageTokens: Math.min(input.imageTokens, inputTokens),
  };
}
