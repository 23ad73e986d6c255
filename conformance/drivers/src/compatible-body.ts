import type { AssistantMessage, ChatRequest, JsonObject, Message, UserPart } from '@qwire/core';
import { mediaURL, parametersOf, textOf } from './client-request.ts';

/**
 * A request as a caller writes it for a client that hands the body of `/chat/completions` on as it is: parameters of
 * Model Studio's own stand beside the others, as its documentation tells callers of such clients.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api
 */
export function compatibleBody(request: ChatRequest): JsonObject {
  const { model, messages, tools, toolChoice, responseFormat, thinking, logprobs, extra, audio } = request;
  const body = {
    model,
    messages: messages.map(toMessage),
    max_tokens: request.maxTokens,
    n: request.n,
    parallel_tool_calls: request.parallelToolCalls,
    tools: tools?.map((tool) => ({
      type: 'function',
      function: { name: tool.name, description: tool.description, parameters: parametersOf(tool) },
    })),
    tool_choice:
      typeof toolChoice === 'object' ? { type: 'function', function: { name: toolChoice.name } } : toolChoice,
    response_format: toResponseFormat(responseFormat),
    logprobs: logprobs === undefined ? undefined : logprobs !== false,
    top_logprobs: typeof logprobs === 'object' ? logprobs.top : undefined,
    enable_search: request.search === undefined ? undefined : request.search !== false,
    enable_code_interpreter: request.codeInterpreter,
    ...(audio && {
      modalities: ['text', 'audio'],
      audio: { voice: audio.voice, format: audio.format ?? 'wav' },
    }),
    ...toThinking(thinking),
    ...extra,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as JsonObject;
}

/** Whether thinking is asked for, in the service's own parameters. */
export function toThinking(thinking: ChatRequest['thinking']): JsonObject {
  if (thinking === undefined) return {};
  if (typeof thinking === 'boolean') return { enable_thinking: thinking };
  return {
    enable_thinking: true,
    ...(thinking.budget !== undefined && { thinking_budget: thinking.budget }),
    ...(thinking.preserve !== undefined && { preserve_thinking: thinking.preserve }),
  };
}

function toResponseFormat(format: ChatRequest['responseFormat']): unknown {
  if (format === undefined) return undefined;
  if (typeof format === 'string') return { type: format === 'json' ? 'json_object' : 'text' };
  const { schema = format, name = 'response', strict = true } = format as JsonObject;
  return { type: 'json_schema', json_schema: { name, schema, strict } };
}

function toMessage(message: Message): unknown {
  if (message.role === 'tool') {
    return { role: 'tool', content: textOf(message.content), tool_call_id: message.toolCallId };
  }
  if (message.role === 'assistant') return toAssistantMessage(message);
  const { role, content } = message;
  if (typeof content === 'string') return { role, content };
  return { role, content: content.map((part) => toPart(part as UserPart)) };
}

function toPart(part: UserPart): unknown {
  if (part.type === 'text') return { type: 'text', text: part.text };
  if (part.type === 'image') {
    return { type: 'image_url', image_url: { url: mediaURL(part.image, part.mediaType) } };
  }
  if (part.type === 'video' && !Array.isArray(part.video)) {
    return { type: 'video_url', video_url: { url: mediaURL(part.video, part.mediaType) } };
  }
  throw new Error(`The case has a part that is not written here: ${part.type}`);
}

function toAssistantMessage({ content, partial }: AssistantMessage): unknown {
  const parts = typeof content === 'string' ? [] : content;
  const calls = parts.filter((part) => part.type === 'tool-call');
  const thoughts = parts.filter((part) => part.type === 'reasoning').map(({ text }) => text);
  return {
    role: 'assistant',
    content: textOf(content),
    ...(partial && { partial }),
    ...(thoughts.length > 0 && { reasoning_content: thoughts.join('') }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, arguments: text }) => ({
        id,
        type: 'function',
        function: { name, arguments: text },
      })),
    }),
  };
}
