import type { ChatCall } from '../chat-call.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { OcrResult } from '../ocr-result.ts';
import type { PlannedAnswer, PlannedReply } from '../plan-reply.ts';
import { writeSearchInfo } from './search-info.ts';
import { writeUsage } from './usage.ts';

/** How the native wire shapes an answer. */
export interface ReplyShape {
  readonly path: 'text' | 'multimodal';
  readonly resultFormat: 'text' | 'message';
  /** Whether a frame adds to the ones before it, or holds everything so far. */
  readonly incremental: boolean;
}

/** The body of a reply that is not streamed. */
export function writeReply(reply: PlannedReply, call: ChatCall, shape: ReplyShape): unknown {
  const [first] = reply.answers;
  const choices = reply.answers.map((answer, index) => writeChoice(answer, { index, reply, call, shape }));
  const finishReason = first && finishReasonOf(first, reply);
  return {
    output: {
      ...(shape.resultFormat === 'text'
        ? { finish_reason: finishReason, text: first?.text.join('') }
        : { choices, ...writeTranslator(call, finishReason) }),
      ...writeSearchInfo(reply, call),
      ...writeToolInfo(reply.code),
    },
    usage: writeUsage(reply.usage, call),
    request_id: call.requestId,
  };
}

interface ChoiceContext {
  readonly index: number;
  readonly reply: PlannedReply;
  readonly call: ChatCall;
  readonly shape: ReplyShape;
}

function writeChoice(answer: PlannedAnswer, { index, reply, call, shape }: ChoiceContext): unknown {
  const text = answer.text.join('');
  const { topLogprobs } = call;
  return {
    finish_reason: finishReasonOf(answer, reply),
    message: {
      role: 'assistant',
      content: writeContent(text, shape, index === 0 ? reply.ocrResult : undefined),
      ...(answer.reasoning !== undefined && { reasoning_content: answer.reasoning }),
      ...(answer.toolCalls.length > 0 && {
        tool_calls: answer.toolCalls.map(({ id, name, arguments: input }, position) => ({
          function: { name, arguments: input },
          index: position,
          id,
          type: 'function',
        })),
      }),
    },
    ...(topLogprobs !== undefined && { logprobs: writeLogprobs(text, topLogprobs) }),
    ...(call.choices > 1 && { index }),
  };
}

// Recorded: a call that names the function ends with `stop`, its tool call notwithstanding.
function finishReasonOf({ finishReason }: PlannedAnswer, { forced }: PlannedReply): string {
  return forced && finishReason === 'tool_calls' ? 'stop' : finishReason;
}

/** Text as a string or, on the multimodal path, as a list of parts, of which one has what an OCR task read. */
export function writeContent(text: string, { path }: ReplyShape, ocrResult?: OcrResult): unknown {
  if (path === 'text') return text;
  if (ocrResult !== undefined) return [{ ocr_result: ocrResult, text }];
  return text === '' ? [] : [{ text }];
}

/** What the code interpreter ran so far. */
export function writeToolInfo(runs: readonly string[]): { readonly tool_info?: unknown } {
  if (runs.length === 0) return {};
  return { tool_info: runs.map((code) => ({ type: 'code_interpreter', code_interpreter: { code } })) };
}

/** Translation models name themselves and their finish reason once more, beside the choices. */
export function writeTranslator({ model }: ChatCall, finishReason: string | undefined): object {
  return model.translates ? { model_name: model.id, finish_reason: finishReason } : {};
}
