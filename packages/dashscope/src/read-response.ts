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
  type WireFormat,
} from '@qwire/core/adapter-kit';
import { readCodeRuns } from './code-runs.ts';
import { readContent, readOcrResult } from './content.ts';
import { readFinishReason, toFinishReason } from './finish-reason.ts';
import { readLogprobs } from './logprobs.ts';
import { readError } from './read-error.ts';
import { readRequestId } from './request-id.ts';
import { readSources } from './sources.ts';
import { readUsage } from './usage.ts';

/** Reads the body of a finished reply. */
export const readResponse: WireFormat['readChat'] = (text, { request, head }): ChatResponse => {
  const body = parseJson(text);
  if (isServiceError(body, text)) throw readError({ status: head.status, headers: head.headers, body: text });
  const output = isRecord(body) ? body.output : undefined;
  if (!isRecord(body) || !isRecord(output)) throw noReply(head.status);
  const ranOutOfTime = head.headers.get('x-dashscope-partialresponse') === 'true';
  const [first, ...others] = listChoices(output).map((choice) => readChoice(choice, { head, ranOutOfTime }));
  if (!first) throw noReply(head.status);
  const codeRuns = readCodeRuns(output.tool_info);
  return createResponse([first, ...others], {
    usage: readUsage(body.usage),
    sources: readSources(output.search_info),
    ...(codeRuns.length > 0 ? { codeRuns } : {}),
    warnings: ranOutOfTime ? [partialReply] : [],
    requestId: readRequestId(body, head.headers),
    model: request.model,
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
  const ocrResult = readOcrResult(message.content);
  return createChoice({
    text: readContent(message.content),
    reasoning: asText(message.reasoning_content),
    toolCalls,
    finishReason:
      ranOutOfTime || rawFinishReason === undefined
        ? 'length'
        : toFinishReason(rawFinishReason, { hasToolCalls: toolCalls.length > 0 }),
    rawFinishReason,
    ...(logprobs ? { logprobs } : {}),
    ...(ocrResult ? { ocrResult } : {}),
  });
}

/** Only a header tells such a reply from a whole one; see chat/partial-response. */
const partialReply: Warning = {
  message:
    'The call ran out of time, and the reply holds what was written until then; a stream shows it as it is written',
};

/** The answers; the older result format `text` has its text and finish reason in the output itself. */
export function listChoices(
  output: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] {
  const choices = asList(output.choices);
  if (choices.length > 0) return inOrder(choices);
  return [{ message: { content: output.text }, finish_reason: output.finish_reason }];
}

function readToolCall(value: unknown, index: number): ToolCall {
  const call = asRecord(value);
  const { name, arguments: text } = asRecord(call.function);
  return createToolCall({ index, id: asText(call.id), name: asText(name), arguments: asJsonText(text) });
}

function noReply(status: number): QwireError {
  return new QwireError('The service answered with something that is no generation', {
    kind: 'invalid-response',
    status,
    hint: 'Check that the base URL leads to the native wire, /api/v1.',
  });
}
