import * as z from 'zod';
import type { ChatCall } from './chat-call.ts';
import { samplingShape } from './sampling-schema.ts';

const samplingSchema = z.object(samplingShape);
type Sampling = z.output<typeof samplingSchema>;

/** The parameters that both wires name alike, as a call holds them; null is like not given. */
export function readSampling(
  body: Sampling,
): Pick<
  ChatCall,
  | 'enableThinking'
  | 'thinkingBudget'
  | 'preserveThinking'
  | 'tools'
  | 'toolChoice'
  | 'parallelToolCalls'
  | 'toolStream'
  | 'responseFormat'
  | 'maxTokens'
  | 'maxCompletionTokens'
  | 'stop'
  | 'choices'
  | 'topLogprobs'
  | 'search'
  | 'searchStrategy'
  | 'codeInterpreter'
  | 'translation'
> {
  return {
    enableThinking: body.enable_thinking ?? undefined,
    thinkingBudget: body.thinking_budget ?? undefined,
    preserveThinking: body.preserve_thinking === true,
    tools: (body.tools ?? []).map(({ function: { name, parameters } }) => ({
      name,
      parameters: parameters ?? {},
    })),
    toolChoice: readToolChoice(body.tool_choice),
    parallelToolCalls: body.parallel_tool_calls === true,
    toolStream: body.tool_stream === true,
    responseFormat: readResponseFormat(body.response_format),
    maxTokens: body.max_tokens ?? undefined,
    maxCompletionTokens: body.max_completion_tokens ?? undefined,
    stop: readStop(body.stop),
    choices: body.n ?? 1,
    topLogprobs: body.logprobs === true ? (body.top_logprobs ?? 0) : undefined,
    search: body.enable_search === true,
    searchStrategy: body.search_options?.search_strategy ?? 'turbo',
    codeInterpreter: body.enable_code_interpreter === true,
    translation: readTranslation(body.translation_options),
  };
}

function readToolChoice(choice: Sampling['tool_choice']): ChatCall['toolChoice'] {
  if (choice === null || choice === undefined) return 'auto';
  return typeof choice === 'string' ? choice : { name: choice.function.name };
}

function readTranslation(options: Sampling['translation_options']): ChatCall['translation'] {
  if (!options) return undefined;
  return { to: options.target_lang, terms: options.terms ?? [], memory: options.tm_list ?? [] };
}

function readResponseFormat(format: Sampling['response_format']): ChatCall['responseFormat'] {
  switch (format?.type) {
    case 'json_object':
      return 'json';
    case 'json_schema':
      return { schema: format.json_schema.schema };
    default:
      return 'text';
  }
}

// Token ids name tokens of the real model; the emulator has none of them.
function readStop(stop: Sampling['stop']): readonly string[] {
  if (stop === null || stop === undefined) return [];
  const marks = typeof stop === 'string' ? [stop] : stop;
  return marks.filter((mark) => typeof mark === 'string' && mark !== '') as string[];
}
