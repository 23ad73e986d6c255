import type { ChatRequest, Ocr, Search, Thinking, Tool, ToolChoice, Translation } from '@qwire/core';
import { namedSchema, renamed, toJsonSchema } from '@qwire/core/adapter-kit';
import type { ModelPath } from './model-path.ts';
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

/**
 * The body of a generation call: what the request says, in the shape of the model's path. The result format is always
 * `message`; output is incremental exactly when it is streamed, because the service refuses it otherwise. JSON leaves
 * out what is undefined.
 *
 * @throws QwireError of kind `invalid-request` for what this wire cannot say.
 * @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope
 */
export function requestBody(
  request: ChatRequest,
  { stream, path }: { readonly stream: boolean; readonly path: ModelPath },
): Body {
  const { tools, toolChoice, responseFormat, thinking, search, logprobs, translation, ocr, extra } = request;
  const messages = request.messages.map((message, index) =>
    writeMessage(message, { path, field: `messages[${index}].content` }),
  );
  return {
    model: request.model,
    input: { messages },
    parameters: {
      result_format: 'message',
      incremental_output: stream || undefined,
      tools: tools && tools.length > 0 ? tools.map(writeTool) : undefined,
      tool_choice: writeToolChoice(toolChoice),
      response_format: writeFormat(responseFormat),
      enable_thinking: thinking && true,
      enable_search: search && true,
      search_options: search ? writeSearch(search === true ? {} : search) : undefined,
      logprobs: logprobs && true,
      top_logprobs: typeof logprobs === 'object' ? logprobs.top : undefined,
      translation_options: translation && writeTranslation(translation),
      ocr_options: ocr && writeOcr(ocr),
      ...renamed(request, parameters),
      ...(typeof thinking === 'object' && renamed(thinking, thinkingParameters)),
      ...extra,
    },
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
  sourcesFirst: 'prepend_search_result',
  freshness: 'freshness',
  sites: 'assigned_site_list',
} as const satisfies Partial<Record<keyof SearchOptions, string>>;

function writeSearch(search: SearchOptions): Body {
  const { citations, guidance } = search;
  return {
    enable_source: true,
    ...renamed(search, searchOptions),
    enable_citation: citations && true,
    citation_format: typeof citations === 'string' ? citations : undefined,
    intention_options: guidance && { prompt_intervene: guidance },
  };
}

function writeTranslation({ from = 'auto', to, terms, memory, domains }: Translation): Body {
  return { source_lang: from, target_lang: to, terms, tm_list: memory, domains };
}

function writeOcr({ task, schema }: Ocr): Body {
  return { task, task_config: schema && { result_schema: schema } };
}
