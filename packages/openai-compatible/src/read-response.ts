import { type ChatResponse, QwireError, type ToolCall } from '@qwire/core';
import {
  asJsonText,
  asList,
  asRecord,
  asText,
  createChoice,
  isRecord,
  isServiceError,
  parseJson,
  serviceError,
  type WireFormat,
} from '@qwire/core/adapter-kit';
import { readFinishReason, toFinishReason } from './finish-reason.ts';
import { readLogprobs } from './logprobs.ts';
import { readRequestId } from './request-id.ts';
import { readUsage } from './usage.ts';

/** Reads the body of a finished reply. */
export const readResponse: WireFormat['readChat'] = (text, { request, head }): ChatResponse => {
  const body = parseJson(text);
  if (isServiceError(body)) throw serviceError({ status: head.status, headers: head.headers, body: text });
  const choice = isRecord(body) ? asList(body.choices)[0] : undefined;
  if (!isRecord(body) || !isRecord(choice)) throw noReply(head.status);
  const message = asRecord(choice.message);
  const toolCalls = asList(message.tool_calls).map(readToolCall);
  const rawFinishReason = readFinishReason(choice.finish_reason);
  if (rawFinishReason === undefined) throw noReply(head.status);
  const logprobs = readLogprobs(choice.logprobs);
  return {
    ...createChoice({
      text: asText(message.content) ?? '',
      reasoning: asText(message.reasoning_content),
      toolCalls,
      finishReason: toFinishReason(rawFinishReason, { hasToolCalls: toolCalls.length > 0 }),
      rawFinishReason,
      ...(logprobs ? { logprobs } : {}),
    }),
    usage: readUsage(body.usage),
    sources: [],
    warnings: [],
    requestId: readRequestId(body, head.headers),
    model: asText(body.model) ?? request.model,
    raw: body,
  };
};

function readToolCall(value: unknown): ToolCall {
  const call = asRecord(value);
  const { name, arguments: input } = asRecord(call.function);
  const text = asJsonText(input) ?? '';
  return { id: asText(call.id) ?? '', name: asText(name) ?? '', arguments: text, input: parseJson(text) };
}

function noReply(status: number): QwireError {
  return new QwireError('The service answered with something that is no chat completion', {
    kind: 'invalid-response',
    status,
    hint: 'Check that the base URL leads to the OpenAI-compatible wire, /compatible-mode/v1.',
  });
}
