import type { ChatCall } from '../chat-call.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { PlannedReply } from '../plan-reply.ts';
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
  const text = reply.text.join('');
  // Recorded: a call that names the function ends with `stop`, its tool call notwithstanding.
  const finishReason = reply.forced && reply.finishReason === 'tool_calls' ? 'stop' : reply.finishReason;
  const { topLogprobs } = call;
  const choice = {
    finish_reason: finishReason,
    message: {
      role: 'assistant',
      content: writeContent(text, shape),
      ...(reply.reasoning !== undefined && { reasoning_content: reply.reasoning }),
      ...(reply.toolCalls.length > 0 && {
        tool_calls: reply.toolCalls.map(({ id, name, arguments: input }, index) => ({
          function: { name, arguments: input },
          index,
          id,
          type: 'function',
        })),
      }),
    },
    ...(topLogprobs !== undefined && { logprobs: writeLogprobs(text, topLogprobs) }),
  };
  const choices = Array.from({ length: call.choices }, (_, index) =>
    call.choices > 1 ? { ...choice, index } : choice,
  );
  return {
    output: {
      ...(shape.resultFormat === 'text' ? { finish_reason: finishReason, text } : { choices }),
      ...writeSearchInfo(reply, call),
    },
    usage: writeUsage(reply.usage, call, reply),
    request_id: call.requestId,
  };
}

/** Text as a string or, on the multimodal path, as a list of parts. */
export function writeContent(text: string, { path }: ReplyShape): unknown {
  if (path === 'text') return text;
  return text === '' ? [] : [{ text }];
}
