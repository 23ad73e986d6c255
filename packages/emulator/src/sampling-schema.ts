import * as z from 'zod';

const float = (name: string) => z.number({ error: `'${name}' must be Float` });
const integer = (name: string) => z.int({ error: `'${name}' must be Integer` });
const flag = (name: string) => z.boolean({ error: `'${name}' must be Boolean` });

const temperature = 'Temperature should be in [0.0, 2.0)';
const topP = 'Range of top_p should be (0.0, 1.0]';
const topK = 'Parameter top_k be greater than or equal to 0';
const presencePenalty = 'Presence_penalty should be in [-2.0, 2.0]';
const choices = 'Range of n should be [1, 4]';
const topLogprobs = 'Range of top_logprobs should be [0, 5]';

const translationPair = z.strictObject({ source: z.string(), target: z.string() });

/** The parameters that both wires name alike. Their messages are the service's own. */
export const samplingShape = {
  temperature: float('temperature').min(0, temperature).lt(2, temperature).nullish(),
  top_p: float('top_p').gt(0, topP).max(1, topP).nullish(),
  top_k: integer('top_k').min(0, topK).nullish(),
  presence_penalty: float('presence_penalty').min(-2, presencePenalty).max(2, presencePenalty).nullish(),
  repetition_penalty: float('repetition_penalty')
    .gt(0, 'Repetition_penalty should be greater than 0.0')
    .nullish(),
  frequency_penalty: z.number().nullish(),
  max_tokens: integer('max_tokens').nullish(),
  max_completion_tokens: integer('max_completion_tokens').min(1).nullish(),
  n: integer('n').min(1, choices).max(4, choices).nullish(),
  stop: z
    .union([z.string(), z.array(z.string()), z.array(z.int()), z.array(z.array(z.int()))], {
      error:
        '"stop" parameter must be of type "str", "list[str]", "list[int]", or "list[list[int]]", and all elements within the list must be of the same type.',
    })
    .nullish(),
  logprobs: flag('logprobs').nullish(),
  top_logprobs: integer('top_logprobs').min(0, topLogprobs).max(5, topLogprobs).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  enable_thinking: flag('enable_thinking').nullish(),
  thinking_budget: integer('thinking_budget').nullish(),
  preserve_thinking: flag('preserve_thinking').nullish(),
  reasoning_effort: z.string().nullish(),
  clear_thinking: flag('clear_thinking').nullish(),
  tools: z
    .array(
      z.looseObject({
        type: z.literal('function'),
        function: z.looseObject({
          name: z.string(),
          description: z.string().nullish(),
          parameters: z.record(z.string(), z.unknown()).nullish(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .nullish(),
  tool_choice: z
    .union(
      [
        z.enum(['auto', 'none', 'required']),
        z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: z.string() }) }),
      ],
      { error: 'tool_choice is one of the strings that should be ["none", "auto"]' },
    )
    .nullish(),
  parallel_tool_calls: flag('parallel_tool_calls').nullish(),
  tool_stream: flag('tool_stream').nullish(),
  response_format: z
    .discriminatedUnion(
      'type',
      [
        z.looseObject({ type: z.literal('text') }),
        z.looseObject({ type: z.literal('json_object') }),
        z.looseObject({
          type: z.literal('json_schema'),
          json_schema: z.looseObject({ name: z.string(), schema: z.record(z.string(), z.unknown()) }),
        }),
      ],
      {
        error:
          "Unknown format of response_format, response_format should be a dict with 'type' of 'text' or 'json_object'.",
      },
    )
    .nullish(),
  enable_search: flag('enable_search').nullish(),
  search_options: z
    .strictObject({
      forced_search: z.boolean().nullish(),
      search_strategy: z.string().nullish(),
      enable_search_extension: z.boolean().nullish(),
      enable_source: z.boolean().nullish(),
      enable_citation: z.boolean().nullish(),
      citation_format: z.string().nullish(),
      prepend_search_result: z.boolean().nullish(),
      freshness: z.number().nullish(),
      assigned_site_list: z.array(z.string()).nullish(),
      intention_options: z.strictObject({ prompt_intervene: z.string().nullish() }).nullish(),
    })
    .nullish(),
  enable_code_interpreter: flag('enable_code_interpreter').nullish(),
  vl_high_resolution_images: flag('vl_high_resolution_images').nullish(),
  modalities: z.array(z.enum(['text', 'audio'])).nullish(),
  audio: z.strictObject({ voice: z.string().nullish(), format: z.string().nullish() }).nullish(),
  asr_options: z.looseObject({}).nullish(),
  translation_options: z
    .strictObject({
      source_lang: z.string().nullish(),
      target_lang: z.string(),
      terms: z.array(translationPair).nullish(),
      tm_list: z.array(translationPair).nullish(),
      domains: z.string().nullish(),
    })
    .nullish(),
};

/** A marker for the context cache, which any part may carry. */
export const cacheControl = z
  .strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).nullish() })
  .nullish();

/** The lifetime that a marker asks for. */
export function lifetime(marker: z.output<typeof cacheControl>): string | undefined {
  return marker ? (marker.ttl ?? '5m') : undefined;
}

/** How a picture is read. */
export const imageOptions = {
  min_pixels: z.number().optional(),
  max_pixels: z.number().optional(),
  enable_rotate: z.boolean().optional(),
};

/** How a film is read. */
export const videoOptions = {
  fps: z.number().optional(),
  max_frames: z.number().optional(),
  min_pixels: z.number().optional(),
  max_pixels: z.number().optional(),
  total_pixels: z.number().optional(),
};

export const toolCallSchema = z.looseObject({
  id: z.string(),
  type: z.literal('function').optional(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

export const roles = ['system', 'user', 'assistant', 'tool'] as const;

/** What is said of a role that the service does not know, such as `developer`. */
export const unknownRole: z.core.$ZodErrorMap = ({ input }) =>
  `'${String(input)}' is not one of ['system', 'user', 'assistant', 'tool']`;
