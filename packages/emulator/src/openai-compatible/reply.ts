import type { ChatCall } from '../chat-call.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { PlannedAnswer, PlannedReply } from '../plan-reply.ts';
import { writeUsage } from './usage.ts';

/** The body of a reply that is not streamed, its members in the order seen on the wire. */
export function writeReply(reply: PlannedReply, call: ChatCall): unknown {
  return {
    choices: reply.answers.map((answer, index) => writeChoice(answer, index, call)),
    object: 'chat.completion',
    usage: writeUsage(reply.usage, call),
    created: Math.floor(call.at / 1000),
    system_fingerprint: null,
    model: call.model.id,
    id: `chatcmpl-${call.requestId}`,
  };
}

function writeChoice(answer: PlannedAnswer, index: number, { topLogprobs }: ChatCall): unknown {
  const content = answer.text.join('');
  return {
    message: {
      content,
      ...(answer.reasoning !== undefined && { reasoning_content: answer.reasoning }),
      ...(answer.toolCalls.length > 0 && { tool_calls: writeToolCalls(answer) }),
      role: 'assistant',
    },
    finish_reason: answer.finishReason,
    index,
    logprobs: topLogprobs === undefined ? null : writeLogprobs(content, topLogprobs),
  };
}

function writeToolCalls({ toolCalls }: PlannedAnswer): unknown {
  return toolCalls.map(({ id, name, arguments: input }, index) => ({
    function: { arguments: input, name },
    id,
    index,
    type: 'function',
  }));
}
