import type { ChatCall } from '../chat-call.ts';
import type { Frame } from '../chat-wire.ts';
import { sumOfAnswers, unspent } from '../count-usage.ts';
import type { TokenUsage } from '../emulator.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { PlannedAnswer, PlannedReply } from '../plan-reply.ts';
import { answerPieces, type ReplyPiece } from '../reply-pieces.ts';
import { type ReplyShape, writeContent, writeToolInfo, writeTranslator } from './reply.ts';
import { showsSources, writeSearchInfo } from './search-info.ts';
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

/** The frames of one reply: running totals on each, the finish reason as the text "null" until the last. */
export function* writeFrames(reply: PlannedReply, call: ChatCall, shape: ReplyShape): Generator<Frame> {
  let count = 0;
  const frame = (output: object, usage: unknown, owed: TokenUsage): Frame => {
    count += 1;
    const data = { output, usage, request_id: call.requestId };
    const text = `id:${count}\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify(data)}\n\n`;
    return { text, usage: owed };
  };
  if (call.sourcesFirst && showsSources(reply, call)) {
    yield frame(writeSearchInfo(reply, call), {}, unspent(reply.usage));
  }
  for (const [index, answer] of reply.answers.entries()) {
    const before = reply.answers.slice(0, index);
    let soFar: Content = silence;
    let runs: readonly string[] = [];
    const write = (content: Content, finishReason: string, usage: TokenUsage): Frame => {
      const shown = shape.incremental ? content : soFar;
      const output = {
        ...writeOutput(shown, { answer, finishReason, index, reply, call, shape }),
        ...writeSearchInfo(reply, call, { first: count === 0 }),
        ...writeToolInfo(runs),
      };
      // Each frame counts its own choice; its reader owes those before it too.
      return frame(output, writeUsage(usage, call), sumOfAnswers(usage, [...before, { usage }]));
    };
    let closed = false;
    for (const piece of answerPieces(reply, { index, call })) {
      const content = toContent(piece);
      soFar = append(soFar, content);
      if (piece.type === 'code') runs = piece.runs;
      // The last piece of a tool call brings the finish reason; text is followed by a frame of its own.
      closed = piece.type === 'tool' && piece.last;
      yield write(content, closed ? answer.finishReason : 'null', closed ? answer.usage : piece.usage);
    }
    if (!closed) yield write(silence, answer.finishReason, answer.usage);
  }
}

const silence: Content = { text: '', reasoning: '', tools: [] };

interface OutputContext {
  readonly answer: PlannedAnswer;
  readonly finishReason: string;
  readonly index: number;
  readonly reply: PlannedReply;
  readonly call: ChatCall;
  readonly shape: ReplyShape;
}

function writeOutput(content: Content, context: OutputContext): object {
  const { answer, finishReason, index, reply, call, shape } = context;
  if (shape.resultFormat === 'text') return { finish_reason: finishReason, text: content.text };
  const thinks = answer.reasoning !== undefined;
  // The text path keeps the member as "" while it answers; the multimodal path drops it.
  const showsReasoning = thinks && (shape.path === 'text' || content.reasoning !== '');
  // What was read stands in the last frame.
  const ocrResult = finishReason === 'null' || index > 0 ? undefined : reply.ocrResult;
  const { topLogprobs } = call;
  return {
    choices: [
      {
        message: {
          content: writeContent(content.text, shape, ocrResult),
          ...(showsReasoning && { reasoning_content: content.reasoning }),
          ...(content.tools.length > 0 && { tool_calls: content.tools }),
          role: 'assistant',
        },
        finish_reason: finishReason,
        ...(call.choices > 1 && { index }),
        ...(topLogprobs !== undefined && { logprobs: writeLogprobs(content.text, topLogprobs) }),
      },
    ],
    ...writeTranslator(call, finishReason),
  };
}

function toContent(piece: ReplyPiece): Content {
  switch (piece.type) {
    case 'reasoning':
      return { text: '', reasoning: piece.text, tools: [] };
    case 'text':
      return { text: piece.text, reasoning: '', tools: [] };
    case 'code':
    case 'audio':
      return silence;
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
