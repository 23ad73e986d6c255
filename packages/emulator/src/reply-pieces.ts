import type { ChatCall } from './chat-call.ts';
import { countCode } from './count-usage.ts';
import type { TokenUsage } from './emulator.ts';
import type { PlannedAnswer, PlannedReply } from './plan-reply.ts';
import type { SpokenAnswer } from './spoken-answer.ts';
import { countTokens, speechTokens, toPieces } from './tokens.ts';

/** What one frame of a stream adds to the answer. */
export type ReplyPiece = (
  | { readonly type: 'reasoning' | 'text'; readonly text: string }
  /** All code that was run up to here, the last of it perhaps not whole. */
  | { readonly type: 'code'; readonly runs: readonly string[] }
  | { readonly type: 'audio'; readonly data?: string; readonly transcript?: string }
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

/** One answer of the reply in the order and the pieces in which a model writes it. */
export function answerPieces(
  { answers, speech, code }: PlannedReply,
  { index, call: { toolStream } }: { readonly index: number; readonly call: ChatCall },
): Iterable<ReplyPiece> {
  const answer = answers[index];
  if (answer === undefined) return [];
  // Only the first answer speaks, and only before it is code run.
  return index === 0
    ? pieces(answer, { speech, code, toolStream })
    : pieces(answer, { speech: undefined, code: [], toolStream });
}

interface PieceOptions extends Pick<PlannedReply, 'speech' | 'code'> {
  readonly toolStream: boolean;
}

function* pieces(
  { reasoning = '', text, toolCalls, usage }: PlannedAnswer,
  { speech, code, toolStream }: PieceOptions,
): Generator<ReplyPiece> {
  let reasoningTokens = 0;
  let answerTokens = 0;
  let audioTokens = 0;
  let runs = 0;
  // The input grows by what is run.
  const inputBefore = usage.inputTokens - countCode(code);
  const usedSoFar = (): TokenUsage => {
    const outputTokens = Math.min(usage.outputTokens, reasoningTokens + answerTokens + audioTokens);
    const inputTokens =
      runs === code.length ? usage.inputTokens : Math.max(0, inputBefore + countCode(code.slice(0, runs)));
    return {
      ...usage,
      inputTokens,
      outputTokens,
      totalTokens: inputTokens + outputTokens,
      reasoningTokens: Math.min(usage.reasoningTokens, reasoningTokens),
      outputAudioTokens: Math.min(usage.outputAudioTokens, audioTokens),
      codeInterpreterRuns: runs === code.length ? usage.codeInterpreterRuns : runs,
    };
  };
  for (const piece of toPieces(reasoning, 3)) {
    reasoningTokens += countTokens(piece);
    yield { type: 'reasoning', text: piece, usage: usedSoFar() };
  }
  for (const [index, run] of code.entries()) {
    const begun = [...code.slice(0, index), run.slice(0, Math.ceil(run.length / 2))];
    yield { type: 'code', runs: begun, usage: usedSoFar() };
    runs += 1;
    yield { type: 'code', runs: code.slice(0, runs), usage: usedSoFar() };
  }
  const spoken = speech === undefined ? [] : cutSpeech(speech, text);
  for (const [index, piece] of text.entries()) {
    answerTokens += countTokens(piece);
    yield { type: 'text', text: piece, usage: usedSoFar() };
    for (const sound of spoken[index] ?? []) {
      audioTokens += countTokens(sound.transcript ?? '') * speechTokens;
      yield { type: 'audio', ...sound, usage: usedSoFar() };
    }
  }
  for (const [index, { id, name, arguments: input }] of toolCalls.entries()) {
    // Finer where the call asks for it.
    const inputs = cutEvery(input, toolStream ? 3 : 10);
    const isLast = (position: number) => index === toolCalls.length - 1 && position === inputs.length;
    answerTokens += countTokens(name);
    yield { type: 'tool', index, start: { id, name }, arguments: '', last: isLast(0), usage: usedSoFar() };
    for (const [position, piece] of inputs.entries()) {
      answerTokens += countTokens(piece);
      const last = isLast(position + 1);
      yield { type: 'tool', index, start: undefined, arguments: piece, last, usage: usedSoFar() };
    }
  }
}

// What is said first, then its sound; each piece of sound is base64 of its own.
function cutSpeech({ data, transcript }: SpokenAnswer, text: readonly string[]) {
  const words = share(cutEvery(transcript, 1), text.length);
  const sound = share(cutEvery(data, 4), text.length);
  return text.map((_, index) => [
    ...(words[index] ? [{ transcript: words[index] }] : []),
    ...(sound[index] ? [{ data: sound[index] }] : []),
  ]);
}

// In as many portions as there are places, the last of them perhaps empty.
function share(pieces: readonly string[], places: number): readonly string[] {
  const size = Math.ceil(pieces.length / places);
  return Array.from({ length: places }, (_, index) =>
    pieces.slice(index * size, (index + 1) * size).join(''),
  );
}

// By characters, not by code units: a piece is JSON text of its own and cannot hold half a character.
function cutEvery(text: string, length: number): readonly string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(''),
  );
}
