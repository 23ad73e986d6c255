import type { ChatCall } from '../chat-call.ts';
import type { Frame } from '../chat-wire.ts';
import type { TokenUsage } from '../emulator.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { PlannedReply } from '../plan-reply.ts';
import { type ReplyPiece, replyPieces } from '../reply-pieces.ts';
import { writeUsage } from './usage.ts';

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
  const unspent = { ...usage, outputTokens: 0, totalTokens: usage.inputTokens, reasoningTokens: 0 };
  for (let index = 0; index < call.choices; index += 1) {
    const pieces = [...replyPieces(reply)];
    const [first] = pieces;
    // A tool call that stands alone brings the role itself.
    if (first?.type !== 'tool') {
      const delta = reply.reasoning === undefined ? firstDelta : firstThinkingDelta;
      yield chunk([{ delta, index, logprobs: null, finish_reason: null }], unspent);
    }
    for (const piece of pieces) {
      const delta = writeDelta(piece, { thinks: reply.reasoning !== undefined, first: piece === first });
      const logprobs = writePieceLogprobs(piece, call);
      yield chunk([{ delta, finish_reason: null, index, logprobs }], piece.usage);
    }
    // The chunk that closes the arguments has neither a finish reason nor probabilities.
    if (reply.toolCalls.length > 0) yield chunk([{ delta: closingToolDelta(reply), index }], usage);
    yield chunk(
      [{ finish_reason: reply.finishReason, delta: finishDelta(reply), index, logprobs: null }],
      usage,
    );
  }
  if (includeUsage) yield chunk([], usage, writeUsage(usage, call));
  yield { text: 'data: [DONE]\n\n', usage };
}

const firstDelta = { content: '', role: 'assistant' };
const firstThinkingDelta = { content: null, role: 'assistant', reasoning_content: '' };

function writeDelta(
  piece: ReplyPiece,
  { thinks, first }: { readonly thinks: boolean; readonly first: boolean },
): unknown {
  switch (piece.type) {
    case 'reasoning':
      return { content: null, reasoning_content: piece.text };
    case 'text':
      return thinks ? { content: piece.text, reasoning_content: null } : { content: piece.text };
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

function closingToolDelta({ toolCalls }: PlannedReply): unknown {
  return {
    tool_calls: [{ function: { arguments: '' }, index: toolCalls.length - 1, id: '', type: 'function' }],
  };
}

function finishDelta({ toolCalls, reasoning }: PlannedReply): unknown {
  if (toolCalls.length > 0) return {};
  return reasoning === undefined ? { content: '' } : { content: '', reasoning_content: null };
}

function writePieceLogprobs(piece: ReplyPiece, { topLogprobs }: ChatCall): unknown {
  if (topLogprobs === undefined || piece.type !== 'text') return null;
  return writeLogprobs(piece.text, topLogprobs);
}
