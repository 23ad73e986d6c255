import type { ChatRequest, Tool } from '@qwire/core';
import { namedSchema, toJsonSchema } from '@qwire/core/adapter-kit';
import type { ModelPath } from './model-path.ts';
import { writeMessage } from './request-message.ts';

type Body = Readonly<Record<string, unknown>>;

/** Members that only change their name. */
const renamed = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  maxTokens: 'max_tokens',
  seed: 'seed',
  stop: 'stop',
  presencePenalty: 'presence_penalty',
  repetitionPenalty: 'repetition_penalty',
  parallelToolCalls: 'parallel_tool_calls',
  n: 'n',
} as const satisfies Partial<Record<keyof ChatRequest, string>>;

/**
 * The body of a generation call: what the request says, in the shape of the model's path. The result format is always
 * `message`; output is incremental exactly when it is streamed, because the service refuses it otherwise.
 *
 * @throws QwireError of kind `invalid-request` for what this wire cannot say.
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope
 */
export function requestBody(
  request: ChatRequest,
  { stream, path }: { readonly stream: boolean; readonly path: ModelPath },
): Body {
  const messages = request.messages.map((message, index) =>
    writeMessage(message, { path, field: `messages[${index}]` }),
  );
  return {
    model: request.model,
    input: { messages },
    parameters: {
      result_format: 'message',
      ...(stream ? { incremental_output: true } : {}),
      ...plainParameters(request),
      ...toolParameters(request),
      ...formatParameters(request),
      ...thinkingParameters(request.thinking),
      ...searchParameters(request.search),
      ...logprobsParameters(request.logprobs),
      ...request.extra,
    },
  };
}

function plainParameters(request: ChatRequest): Body {
  const parameters: Record<string, unknown> = {};
  for (const [member, name] of Object.entries(renamed)) {
    const value = request[member as keyof typeof renamed];
    if (value !== undefined) parameters[name] = value;
  }
  return parameters;
}

function toolParameters({ tools, toolChoice }: ChatRequest): Body {
  return {
    ...(tools && tools.length > 0 ? { tools: tools.map(writeTool) } : {}),
    ...(toolChoice === undefined
      ? {}
      : { tool_choice: typeof toolChoice === 'string' ? toolChoice : namedTool(toolChoice.name) }),
  };
}

function writeTool({ name, description, parameters }: Tool): Body {
  return {
    type: 'function',
    function: {
      name,
      ...(description === undefined ? {} : { description }),
      ...(parameters === undefined ? {} : { parameters: toJsonSchema(parameters) }),
    },
  };
}

function namedTool(name: string): Body {
  return { type: 'function', function: { name } };
}

function formatParameters({ responseFormat }: ChatRequest): Body {
  if (responseFormat === undefined) return {};
  if (responseFormat === 'text') return { response_format: { type: 'text' } };
  const named = namedSchema(responseFormat);
  if (!named) return { response_format: { type: 'json_object' } };
  const { schema, name = 'response', description, strict = true } = named;
  const json_schema = {
    name,
    ...(description === undefined ? {} : { description }),
    schema: toJsonSchema(schema),
    strict,
  };
  return { response_format: { type: 'json_schema', json_schema } };
}

function thinkingParameters(thinking: ChatRequest['thinking']): Body {
  if (thinking === undefined) return {};
  if (typeof thinking === 'boolean') return { enable_thinking: thinking };
  return { enable_thinking: true, thinking_budget: thinking.budget };
}

function searchParameters(search: ChatRequest['search']): Body {
  if (search === undefined) return {};
  if (search === false) return { enable_search: false };
  const { forced, strategy }: Exclude<typeof search, boolean> = search === true ? {} : search;
  return {
    enable_search: true,
    search_options: {
      enable_source: true,
      ...(forced === undefined ? {} : { forced_search: forced }),
      ...(strategy === undefined ? {} : { search_strategy: strategy }),
    },
  };
}

function logprobsParameters(logprobs: ChatRequest['logprobs']): Body {
  if (logprobs === undefined) return {};
  if (typeof logprobs === 'boolean') return { logprobs };
  return { logprobs: true, top_logprobs: logprobs.top };
}
