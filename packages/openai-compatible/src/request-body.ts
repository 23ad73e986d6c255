import type { ChatRequest, Search, SpokenAnswer, Thinking, Tool, ToolChoice, Translation } from '@qwire/core';
import { invalid, namedSchema, renamed, toJsonSchema } from '@qwire/core/adapter-kit';
import { writeMessage } from './request-message.ts';

type Body = Readonly<Record<string, unknown>>;
type SearchOptions = Exclude<Search, boolean>;

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
 * The body of `POST /chat/completions`: what the request says, nothing more. JSON leaves out what is undefined.
 *
 * @throws QwireError of kind `invalid-request` for what this wire cannot say.
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-openai-chat-completions
 */
export function requestBody(request: ChatRequest, { stream }: { readonly stream: boolean }): Body {
  const {
    tools,
    toolChoice,
    responseFormat,
    thinking,
    search,
    logprobs,
    translation,
    audio,
    extra = {},
  } = request;
  for (const name of reserved) {
    if (name in extra)
      throw invalid(`extra.${name}`, 'cannot be set here; use the request itself, or stream()');
  }
  return {
    model: request.model,
    messages: request.messages.map(writeMessage),
    stream: stream || undefined,
    stream_options: stream ? { include_usage: true } : undefined,
    tools: tools && tools.length > 0 ? tools.map(writeTool) : undefined,
    tool_choice: writeToolChoice(toolChoice),
    response_format: writeFormat(responseFormat),
    enable_thinking: thinking && true,
    enable_search: search && true,
    search_options: typeof search === 'object' ? writeSearch(search) : undefined,
    logprobs: logprobs && true,
    top_logprobs: typeof logprobs === 'object' ? logprobs.top : undefined,
    translation_options: translation && writeTranslation(translation),
    ...renamed(request, parameters),
    ...(typeof thinking === 'object' && renamed(thinking, thinkingParameters)),
    ...(audio && writeAudio(audio)),
    ...extra,
  };
}

function writeTool({ name, description, parameters }: Tool): Body {
  return {
    type: 'function',
    function: { name, description, parameters: parameters && toJsonSchema(parameters) },
  };
}

function writeToolChoice(choice: ToolChoice | undefined): Body | string | undefined {
  return typeof choice === 'object' ? { type: 'function', function: { name: choice.name } } : choice;
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

const thinkingParameters = {
  budget: 'thinking_budget',
  effort: 'reasoning_effort',
  preserve: 'preserve_thinking',
} as const satisfies Partial<Record<keyof Exclude<Thinking, boolean>, string>>;

const searchOptions = {
  forced: 'forced_search',
  strategy: 'search_strategy',
  extended: 'enable_search_extension',
  freshness: 'freshness',
  sites: 'assigned_site_list',
} as const satisfies Partial<Record<keyof SearchOptions, string>>;

function writeSearch(search: SearchOptions): Body {
  const { guidance } = search;
  return {
    ...renamed(search, searchOptions),
    intention_options: guidance && { prompt_intervene: guidance },
  };
}

function writeTranslation({ from = 'auto', to, terms, memory, domains }: Translation): Body {
  return { source_lang: from, target_lang: to, terms, tm_list: memory, domains };
}

function writeAudio({ voice, format = 'wav' }: SpokenAnswer): Body {
  return { modalities: ['text', 'audio'], audio: { voice, format } };
}
