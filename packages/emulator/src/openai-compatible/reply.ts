import type { ChatCall } from '../chat-call.ts';
import { writeLogprobs } from '../logprobs.ts';
import type { PlannedReply } from '../plan-reply.ts';
import { writeUsage } from './usage.ts';

/** The body of a reply that is not streamed, its members in the order seen on the wire. */
export function writeReply(reply: PlannedReply, call: ChatCall): unknown {
  const content = reply.text.join('');
  const { topLogprobs } = call;
  return {
    choices: Array.from({ length: call.choices }, (_, index) => ({
      message: {
        content,
        ...(reply.reasoning !== undefined && { reasoning_content: reply.reasoning }),
        ...(reply.toolCalls.length > 0 && { tool_calls: writeToolCalls(reply) }),
        role: 'assistant',
      },
      finish_reason: reply.finishReason,
      index,
      logprobs: topLogprobs === undefined ? null : writeLogprobs(content, topLogprobs),
    })),
    object: 'chat.completion',
    usage: writeUsage(reply.usage, call),
    created: Math.floor(call.at / 1000),
    system_fingerprint: null,
    model: call.model.id,
    id: `chatcmpl-${call.requestId}`,
  };
}

function writeToolCalls({ toolCalls }: PlannedReply): unknown {
  return toolCalls.map(({ id, name, arguments: input }, index) => ({
    function: { arguments: input, name },
    id,
    index,
    type: 'function',
  }));
}
