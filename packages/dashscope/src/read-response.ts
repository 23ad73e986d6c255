import { type ChatResponse, QwireError, type ToolCall, type Warning } from '@qwire/core';
import {
  asJsonText,
  asList,
  asRecord,
  asText,
  createChoice,
  isRecord,
  isServiceError,
  parseJson,
  type WireFormat,
} from '@qwire/core/adapter-kit';
import { readContent } from './content.ts';
import { readFinishReason, toFinishReason } from './finish-reason.ts';
import { readLogprobs } from './logprobs.ts';
import { readError } from './read-error.ts';
import { readRequestId } from './request-id.ts';
import { readSources } from './sources.ts';
import { readUsage } from './usage.ts';

/** Reads the body of a finished reply. */
export const readResponse: WireFormat['readChat'] = (text, { request, head }): ChatResponse => {
  const body = parseJson(text);
  if (isServiceError(body)) throw readError({ status: head.status, headers: head.headers, body: text });
  const output = isRecord(body) ? body.output : undefined;
  if (!isRecord(body) || !isRecord(output)) throw noReply(head.status);
  const choice = firstChoice(output);
  const message = asRecord(choice.message);
  const toolCalls = asList(message.tool_calls).map(readToolCall);
  const rawFinishReason = readFinishReason(choice.finish_reason);
  if (rawFinishReason === undefined) throw noReply(head.status);
  const logprobs = readLogprobs(choice.logprobs);
  const ranOutOfTime = head.headers.get('x-dashscope-partialresponse') === 'true';
  return {
    ...createChoice({
      text: readContent(message.content),
      reasoning: asText(message.reasoning_content),
      toolCalls,
      finishReason: ranOutOfTime
        ? 'length'
        : toFinishReason(rawFinishReason, { hasToolCalls: toolCalls.length > 0 }),
      rawFinishReason,
      ...(logprobs ? { logprobs } : {}),
    }),
    usage: readUsage(body.usage),
    sources: readSources(output.search_info),
    warnings: ranOutOfTime ? [partialReply] : [],
    requestId: readRequestId(body, head.headers),
    model: request.model,
    raw: body,
  };
};

/** Only a header tells such a reply from a whole one; see chat/partial-response. */
const partialReply: Warning = {
  message:
    'The call ran out of time, and the reply holds what was written until then; a stream shows it as it is written',
};

/** The first choice; the older result format `text` has its text and finish reason in the output itself. */
export function firstChoice(output: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const choice = asList(output.choices)[0];
  if (isRecord(choice)) return choice;
  return { message: { content: output.text }, finish_reason: output.finish_reason };
}

function readToolCall(value: unknown): ToolCall {
  const call = asRecord(value);
  const { name, arguments: input } = asRecord(call.function);
  const text = asJsonText(input) ?? '';
  return { id: asText(call.id) ?? '', name: asText(name) ?? '', arguments: text, input: parseJson(text) };
}

function noReply(status: number): QwireError {
  return new QwireError('The service answered with something that is no generation', {
    kind: 'invalid-response',
    status,
    hint: 'Check that the base URL leads to the native wire, /api/v1.',
  });
}
