import type { TokenUsage } from './emulator.ts';
import type { PlannedReply } from './plan-reply.ts';
import { countTokens, toPieces } from './tokens.ts';

/** What one frame of a stream adds to the answer. */
export type ReplyPiece = (
  | { readonly type: 'reasoning' | 'text'; readonly text: string }
  | {
      readonly type: 'tool';
      readonly index: number;
      /** With the first piece of a call. */
      readonly start: { readonly id: string; readonly name: string } | undefined;
      readonly arguments: string;
      /** Whether nothing of the whole answer comes after it. */
      readonly last: boolean;
    }
) & {
  /** Tokens up to here. */
  readonly usage: TokenUsage;
};

/** One answer in the order and the pieces in which a model writes it. */
export function* replyPieces({
  reasoning = '',
  text,
  toolCalls,
  usage,
}: PlannedReply): Generator<ReplyPiece> {
  let reasoningTokens = 0;
  let answerTokens = 0;
  const usedSoFar = (): TokenUsage => {
    const outputTokens = Math.min(usage.outputTokens, reasoningTokens + answerTokens);
    return {
      ...usage,
      outputTokens,
      totalTokens: usage.inputTokens + outputTokens,
      reasoningTokens: Math.min(usage.reasoningTokens, reasoningTokens),
    };
  };
  for (const piece of toPieces(reasoning, 3)) {
    reasoningTokens += countTokens(piece);
    yield { type: 'reasoning', text: piece, usage: usedSoFar() };
  }
  for (const piece of text) {
    answerTokens += countTokens(piece);
    yield { type: 'text', text: piece, usage: usedSoFar() };
  }
  for (const [index, { id, name, arguments: input }] of toolCalls.entries()) {
    const pieces = cutEvery(input, 10);
    const isLast = (position: number) => index === toolCalls.length - 1 && position === pieces.length;
    answerTokens += countTokens(name);
    yield { type: 'tool', index, start: { id, name }, arguments: '', last: isLast(0), usage: usedSoFar() };
    for (const [position, piece] of pieces.entries()) {
      answerTokens += countTokens(piece);
      const last = isLast(position + 1);
      yield { type: 'tool', index, start: undefined, arguments: piece, last, usage: usedSoFar() };
    }
  }
}

// By characters, not by code units: a piece is JSON text of its own and cannot hold half a character.
function cutEvery(text: string, length: number): readonly string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(''),
  );
}
