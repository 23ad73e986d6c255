import type { ChatCall } from '../chat-call.ts';
import type { Frame } from '../chat-wire.ts';
import { sumOfAnswers, unspent } from '../count-usage.ts';
import type { TokenUsage } from '../emulator.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { PlannedAnswer, PlannedReply } from '../plan-reply.ts';
import { answerPieces, type ReplyPiece } from '../reply-pieces.ts';
import type { SpokenAnswer } from '../spoken-answer.ts';
import { writeUsage } from './usage.ts';

/** This wire does not report the code that is run. */
type ShownPiece = Exclude<ReplyPiece, { readonly type: 'code' }>;

/**
 * The chunks of one answer, in the shapes recorded from the service: the role once, all thinking before the text, the
 * id and name of a tool call once, then an empty id.
 */
export function* writeFrames(
  reply: PlannedReply,
  call: ChatCall,
  { includeUsage }: { readonly includeUsage: boolean },
): Generator<Frame> {
  const { usage } = reply;
  const chunk = (choices: readonly unknown[], so: TokenUsage, total: unknown = null): Frame => ({
    text: `data: ${JSON.stringify({
      choices,
      object: 'chat.completion.chunk',
      usage: total,
      created: Math.floor(call.at / 1000),
      system_fingerprint: null,
      model: call.model.id,
      id: `chatcmpl-${call.requestId}`,
    })}\n\n`,
    usage: so,
  });
  for (const [index, answer] of reply.answers.entries()) {
    const before = reply.answers.slice(0, index);
    // What the reader owes who leaves here: the answers before, and this one so far.
    const owed = (so: TokenUsage) => sumOfAnswers(so, [...before, { usage: so }]);
    const thinks = answer.reasoning !== undefined;
    const pieces = [...answerPieces(reply, { index, call })].filter(isShown);
    const [first] = pieces;
    // A tool call that stands alone brings the role itself.
    if (first?.type !== 'tool') {
      const delta = thinks ? firstThinkingDelta : firstDelta;
      yield chunk([{ delta, index, logprobs: null, finish_reason: null }], owed(unspent(answer.usage)));
    }
    for (const piece of pieces) {
      const delta = writeDelta(piece, { thinks, first: piece === first, speech: reply.speech });
      const logprobs = writePieceLogprobs(piece, call);
      yield chunk([{ delta, finish_reason: null, index, logprobs }], owed(piece.usage));
    }
    const usageSoFar = owed(answer.usage);
    // The chunk that closes the arguments has neither a finish reason nor probabilities.
    if (answer.toolCalls.length > 0) yield chunk([{ delta: closingToolDelta(answer), index }], usageSoFar);
    yield chunk(
      [{ finish_reason: answer.finishReason, delta: finishDelta(answer), index, logprobs: null }],
      usageSoFar,
    );
  }
  if (includeUsage) yield chunk([], usage, writeUsage(usage, call));
  yield { text: 'data: [DONE]\n\n', usage };
}

function isShown(piece: ReplyPiece): piece is ShownPiece {
  return piece.type !== 'code';
}

const firstDelta = { content: '', role: 'assistant' };
const firstThinkingDelta = { content: null, role: 'assistant', reasoning_content: '' };

interface DeltaContext {
  readonly thinks: boolean;
  readonly first: boolean;
  readonly speech: SpokenAnswer | undefined;
}

function writeDelta(piece: ShownPiece, { thinks, first, speech }: DeltaContext): unknown {
  switch (piece.type) {
    case 'reasoning':
      return { content: null, reasoning_content: piece.text };
    case 'text':
      return thinks ? { content: piece.text, reasoning_content: null } : { content: piece.text };
    case 'audio': {
      if (piece.data === undefined) return { audio: { transcript: piece.transcript } };
      return { audio: { data: piece.data, expires_at: speech?.expiresAt, id: speech?.id } };
    }
    case 'tool': {
      const call = {
        index: piece.index,
        id: piece.start?.id ?? '',
        type: 'function',
        function: { ...(piece.start && { name: piece.start.name }), arguments: piece.arguments },
      };
      return {
        content: null,
        ...(thinks && { reasoning_content: null }),
        tool_calls: [call],
        ...(first && { role: 'assistant' }),
      };
    }
  }
}

function closingToolDelta({ toolCalls }: PlannedAnswer): unknown {
  return {
    tool_calls: [{ function: { arguments: '' }, index: toolCalls.length - 1, id: '', type: 'function' }],
  };
}

function finishDelta({ toolCalls, reasoning }: PlannedAnswer): unknown {
  if (toolCalls.length > 0) return {};
  return reasoning === undefined ? { content: '' } : { content: '', reasoning_content: null };
}

function writePieceLogprobs(piece: ShownPiece, { topLogprobs }: ChatCall): unknown {
  if (topLogprobs === undefined || piece.type !== 'text') return null;
  return writeLogprobs(piece.text, topLogprobs);
}
