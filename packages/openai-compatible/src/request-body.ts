import type { ChatRequest, Tool } from '@qwire/core';
import { invalid, namedSchema, renamed, toJsonSchema } from '@qwire/core/adapter-kit';
import { writeMessage } from './request-message.ts';

type Body = Readonly<Record<string, unknown>>;

/** Members that only change their name. */
const parameters = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  maxTokens: 'max_tokens',
  maxCompletionTokens: 'max_completion_tokens',
  seed: 'seed',
  stop: 'stop',
  presencePenalty: 'presence_penalty',
  repetitionPenalty: 'repetition_penalty',
  parallelToolCalls: 'parallel_tool_calls',
  toolStream: 'tool_stream',
  n: 'n',
  codeInterpreter: 'enable_code_interpreter',
  highResolutionImages: 'vl_high_resolution_images',
} as const satisfies Partial<Record<keyof ChatRequest, string>>;

/** Members that the request says with words of its own. */
const reserved = ['model', 'messages', 'stream'];

/**
 * The body of `POST /chat/completions`: what the request says, nothing more.
 *
 * @throws QwireError of kind `invalid-request` for what this wire cannot say.
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-openai-chat-completions
 */
export function requestBody(request: ChatRequest, { stream }: { readonly stream: boolean }): Body {
  const { extra = {} } = request;
  for (const name of reserved) {
    if (name in extra)
      throw invalid(`extra.${name}`, 'cannot be set here; use the request itself, or stream()');
  }
  return {
    model: request.model,
    messages: request.messages.map(writeMessage),
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...renamed(request, parameters),
    ...toolParameters(request),
    ...formatParameters(request),
    ...thinkingParameters(request.thinking),
    ...searchParameters(request.search),
    ...logprobsParameters(request.logprobs),
    ...translationParameters(request.translation),
    ...audioParameters(request.audio),
    ...extra,
  };
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
  const { budget, effort, preserve } = thinking;
  return {
    enable_thinking: true,
    ...(budget === undefined ? {} : { thinking_budget: budget }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
    ...(preserve === undefined ? {} : { preserve_thinking: preserve }),
  };
}

const searchOptions = {
  forced: 'forced_search',
  strategy: 'search_strategy',
  extended: 'enable_search_extension',
  freshness: 'freshness',
  sites: 'assigned_site_list',
} as const satisfies Partial<Record<keyof Exclude<ChatRequest['search'], boolean | undefined>, string>>;

function searchParameters(search: ChatRequest['search']): Body {
  if (search === undefined) return {};
  if (typeof search === 'boolean') return { enable_search: search };
  const { guidance } = search;
  return {
    enable_search: true,
    search_options: {
      ...renamed(search, searchOptions),
      ...(guidance === undefined ? {} : { intention_options: { prompt_intervene: guidance } }),
    },
  };
}

function logprobsParameters(logprobs: ChatRequest['logprobs']): Body {
  if (logprobs === undefined) return {};
  if (typeof logprobs === 'boolean') return { logprobs };
  return { logprobs: true, top_logprobs: logprobs.top };
}

function translationParameters(translation: ChatRequest['translation']): Body {
  if (translation === undefined) return {};
  const { from = 'auto', to, terms, memory, domains } = translation;
  return {
    translation_options: {
      source_lang: from,
      target_lang: to,
      ...(terms === undefined ? {} : { terms }),
      ...(memory === undefined ? {} : { tm_list: memory }),
      ...(domains === undefined ? {} : { domains }),
    },
  };
}

function audioParameters(audio: ChatRequest['audio']): Body {
  if (audio === undefined) return {};
  const { voice, format = 'wav' } = audio;
  return { modalities: ['text', 'audio'], audio: { voice, format } };
}
