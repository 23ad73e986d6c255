import type { ChatRequest, Search, Tool, Translation } from '@qwire/core';
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
    stream: stream || undefined,
    stream_options: stream ? { include_usage: true } : undefined,
    ...renamed(request, parameters),
    ...toolParameters(request),
    response_format: writeFormat(request.responseFormat),
    ...thinkingParameters(request.thinking),
    ...searchParameters(request.search),
    ...logprobsParameters(request.logprobs),
    translation_options: request.translation && writeTranslation(request.translation),
    ...audioParameters(request.audio),
    ...extra,
  };
}

function toolParameters({ tools, toolChoice }: ChatRequest): Body {
  return {
    tools: tools && tools.length > 0 ? tools.map(writeTool) : undefined,
    tool_choice: typeof toolChoice === 'object' ? namedTool(toolChoice.name) : toolChoice,
  };
}

function writeTool({ name, description, parameters }: Tool): Body {
  return {
    type: 'function',
    function: { name, description, parameters: parameters && toJsonSchema(parameters) },
  };
}

function namedTool(name: string): Body {
  return { type: 'function', function: { name } };
}

function writeFormat(format: ChatRequest['responseFormat']): Body | undefined {
  if (format === undefined) return undefined;
  if (format === 'text') return { type: 'text' };
  const named = namedSchema(format);
  if (!named) return { type: 'json_object' };
  const { schema, name = 'response', description, strict = true } = named;
  return {
    type: 'json_schema',
    json_schema: { name, description, schema: toJsonSchema(schema), strict },
  };
}

function thinkingParameters(thinking: ChatRequest['thinking']): Body {
  if (typeof thinking !== 'object') return { enable_thinking: thinking };
  const { budget, effort, preserve } = thinking;
  return {
    enable_thinking: true,
    thinking_budget: budget,
    reasoning_effort: effort,
    preserve_thinking: preserve,
  };
}

const searchOptions = {
  forced: 'forced_search',
  strategy: 'search_strategy',
  extended: 'enable_search_extension',
  freshness: 'freshness',
  sites: 'assigned_site_list',
} as const satisfies Partial<Record<keyof Search, string>>;

function searchParameters(search: ChatRequest['search']): Body {
  if (typeof search !== 'object') return { enable_search: search };
  const { guidance } = search;
  return {
    enable_search: true,
    search_options: {
      ...renamed(search, searchOptions),
      intention_options: guidance && { prompt_intervene: guidance },
    },
  };
}

function logprobsParameters(logprobs: ChatRequest['logprobs']): Body {
  if (typeof logprobs !== 'object') return { logprobs };
  return { logprobs: true, top_logprobs: logprobs.top };
}

function writeTranslation({ from = 'auto', to, terms, memory, domains }: Translation): Body {
  return { source_lang: from, target_lang: to, terms, tm_list: memory, domains };
}

function audioParameters(audio: ChatRequest['audio']): Body {
  if (!audio) return {};
  const { voice, format = 'wav' } = audio;
  return { modalities: ['text', 'audio'], audio: { voice, format } };
}
