import type { ChatChoice, ChatResponse, ToolCall, Warning } from '@qwire/core';
import {
  asJsonText,
  asList,
  asRecord,
  asText,
  createChoice,
  createResponse,
  createToolCall,
  inOrder,
  isRecord,
  isServiceError,
  parseJson,
  QwireError,
  type ResponseHead,
  serviceError,
  type WireFormat,
} from '@qwire/core/adapter-kit';
import { readAudio } from './audio.ts';
import { readFinishReason, toFinishReason } from './finish-reason.ts';
import { readLogprobs } from './logprobs.ts';
import { readRequestId } from './request-id.ts';
import { readUsage } from './usage.ts';

/** Reads the body of a finished reply. */
export const readResponse: WireFormat['readChat'] = (text, { request, head }): ChatResponse => {
  const body = parseJson(text);
  if (isServiceError(body, text))
    throw serviceError({ status: head.status, headers: head.headers, body: text });
  if (!isRecord(body)) throw noReply(head.status);
  const ranOutOfTime = head.headers.get('x-dashscope-partialresponse') === 'true';
  const [first, ...others] = inOrder(asList(body.choices)).map((choice) =>
    readChoice(choice, { head, ranOutOfTime }),
  );
  if (!first) throw noReply(head.status);
  return createResponse([first, ...others], {
    usage: readUsage(body.usage),
    sources: [],
    warnings: ranOutOfTime ? [partialReply] : [],
    requestId: readRequestId(body, head.headers),
    model: asText(body.model) ?? request.model,
    raw: body,
  });
};

function readChoice(
  choice: Readonly<Record<string, unknown>>,
  { head, ranOutOfTime }: { readonly head: ResponseHead; readonly ranOutOfTime: boolean },
): ChatChoice {
  const message = asRecord(choice.message);
  const toolCalls = asList(message.tool_calls).map(readToolCall);
  const rawFinishReason = readFinishReason(choice.finish_reason);
  if (rawFinishReason === undefined && !ranOutOfTime) throw noReply(head.status);
  const logprobs = readLogprobs(choice.logprobs);
  const audio = readAudio(message.audio);
  return createChoice({
    text: asText(message.content) ?? '',
    reasoning: asText(message.reasoning_content),
    toolCalls,
    finishReason:
      ranOutOfTime || rawFinishReason === undefined
        ? 'length'
        : toFinishReason(rawFinishReason, { hasToolCalls: toolCalls.length > 0 }),
    rawFinishReason,
    ...(logprobs ? { logprobs } : {}),
    ...(audio ? { audio: { data: '', ...audio } } : {}),
  });
}

/** Only a header tells such a reply from a whole one; see chat/partial-response. */
const partialReply: Warning = {
  message:
    'The call ran out of time, and the reply holds what was written until then; a stream shows it as it is written',
};

function readToolCall(value: unknown, index: number): ToolCall {
  const call = asRecord(value);
  const { name, arguments: text } = asRecord(call.function);
  return createToolCall({ index, id: asText(call.id), name: asText(name), arguments: asJsonText(text) });
}

function noReply(status: number): QwireError {
  return new QwireError('The service answered with something that is no chat completion', {
    kind: 'invalid-response',
    status,
    hint: 'Check that the base URL leads to the OpenAI-compatible wire, /compatible-mode/v1.',
  });
}
