import type { ChatCall } from '../chat-call.ts';
import type { Frame } from '../chat-wire.ts';
import type { TokenUsage } from '../emulator.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { PlannedReply } from '../plan-reply.ts';
import { type ReplyPiece, replyPieces } from '../reply-pieces.ts';
import { type ReplyShape, writeContent } from './reply.ts';
import { writeSearchInfo } from './search-info.ts';
import { writeUsage } from './usage.ts';

/** A tool call as a frame carries it: the whole of it so far, or what is new. */
interface ToolDelta {
  readonly index: number;
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name?: string; readonly arguments: string };
}

/** What one frame says. */
interface Content {
  readonly text: string;
  readonly reasoning: string;
  readonly tools: readonly ToolDelta[];
}

/** The frames of one answer: running totals on each, the finish reason as the text "null" until the last. */
export function* writeFrames(reply: PlannedReply, call: ChatCall, shape: ReplyShape): Generator<Frame> {
  const share = shareOf(reply, call.choices);
  let count = 0;
  for (let index = 0; index < call.choices; index += 1) {
    let soFar: Content = { text: '', reasoning: '', tools: [] };
    const frame = (content: Content, finishReason: string, usage: TokenUsage): Frame => {
      count += 1;
      const output = {
        ...writeOutput(shape.incremental ? content : soFar, { finishReason, index, reply, call, shape }),
        ...writeSearchInfo(reply, call, { first: count === 1 }),
      };
      const data = { output, usage: writeUsage(usage, call, reply), request_id: call.requestId };
      return { text: `id:${count}\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify(data)}\n\n`, usage };
    };
    let closed = false;
    for (const piece of replyPieces(share)) {
      const content = toContent(piece);
      soFar = append(soFar, content);
      // The last piece of a tool call brings the finish reason; text is followed by a frame of its own.
      closed = piece.type === 'tool' && piece.last;
      yield frame(content, closed ? reply.finishReason : 'null', closed ? share.usage : piece.usage);
    }
    if (!closed) yield frame({ text: '', reasoning: '', tools: [] }, reply.finishReason, share.usage);
  }
}

// Each frame counts its own choice.
function shareOf(reply: PlannedReply, choices: number): PlannedReply {
  if (choices === 1) return reply;
  const outputTokens = Math.floor(reply.usage.outputTokens / choices);
  const reasoningTokens = Math.floor(reply.usage.reasoningTokens / choices);
  const totalTokens = reply.usage.inputTokens + outputTokens;
  return { ...reply, usage: { ...reply.usage, outputTokens, reasoningTokens, totalTokens } };
}

interface OutputContext {
  readonly finishReason: string;
  readonly index: number;
  readonly reply: PlannedReply;
  readonly call: ChatCall;
  readonly shape: ReplyShape;
}

function writeOutput(content: Content, { finishReason, index, reply, call, shape }: OutputContext): object {
  if (shape.resultFormat === 'text') return { finish_reason: finishReason, text: content.text };
  const thinks = reply.reasoning !== undefined;
  // The text path keeps the member as "" while it answers; the multimodal path drops it.
  const showsReasoning = thinks && (shape.path === 'text' || content.reasoning !== '');
  const { topLogprobs } = call;
  return {
    choices: [
      {
        message: {
          content: writeContent(content.text, shape),
          ...(showsReasoning && { reasoning_content: content.reasoning }),
          ...(content.tools.length > 0 && { tool_calls: content.tools }),
          role: 'assistant',
        },
        finish_reason: finishReason,
        ...(call.choices > 1 && { index }),
        ...(topLogprobs !== undefined && { logprobs: writeLogprobs(content.text, topLogprobs) }),
      },
    ],
  };
}

function toContent(piece: ReplyPiece): Content {
  switch (piece.type) {
    case 'reasoning':
      return { text: '', reasoning: piece.text, tools: [] };
    case 'text':
      return { text: piece.text, reasoning: '', tools: [] };
    case 'tool':
      return {
        text: '',
        reasoning: '',
        tools: [
          {
            index: piece.index,
            id: piece.start?.id ?? '',
            type: 'function',
            function: { ...(piece.start && { name: piece.start.name }), arguments: piece.arguments },
          },
        ],
      };
  }
}

function append(soFar: Content, { text, reasoning, tools }: Content): Content {
  return {
    text: soFar.text + text,
    reasoning: soFar.reasoning + reasoning,
    tools: tools.reduce(appendTool, soFar.tools),
  };
}

function appendTool(calls: readonly ToolDelta[], delta: ToolDelta): readonly ToolDelta[] {
  if (!calls.some(({ index }) => index === delta.index)) return [...calls, delta];
  return calls.map((call) =>
    call.index === delta.index
      ? {
          ...call,
          function: { ...call.function, arguments: call.function.arguments + delta.function.arguments },
        }
      : call,
  );
}
