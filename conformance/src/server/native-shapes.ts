import * as z from 'zod';
import {
  count,
  finalReason,
  logprobs,
  outputTokensDetails,
  promptTokensDetails,
  toolCall,
  toolCallDelta,
  uuid,
} from './shared-shapes.ts';

// Shapes of `POST /api/v1/services/aigc/{text,multimodal}-generation/generation`.
// @see https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope

const usage = z
  .strictObject({
    input_tokens: count,
    output_tokens: count,
    // Older models that see leave it out.
    total_tokens: count.optional(),
    input_tokens_details: z
      .strictObject({
        text_tokens: count.optional(),
        image_tokens: count.optional(),
        video_tokens: count.optional(),
        audio_tokens: count.optional(),
      })
      .optional(),
    output_tokens_details: outputTokensDetails.optional(),
    prompt_tokens_details: promptTokensDetails.optional(),
    image_tokens: count.optional(),
    video_tokens: count.optional(),
    audio_tokens: count.optional(),
    cached_tokens: count.optional(),
    plugins: z
      .strictObject({
        search: z.strictObject({ count, strategy: z.string().optional() }).optional(),
        image_search: z.strictObject({ count }).optional(),
        code_interpreter: z.strictObject({ count }).optional(),
      })
      .optional(),
  })
  .refine(
    ({ input_tokens, output_tokens, total_tokens }) =>
      total_tokens === undefined || total_tokens === input_tokens + output_tokens,
    { path: ['total_tokens'], error: 'expected input_tokens and output_tokens together' },
  )
  .refine((given) => (given.prompt_tokens_details?.cached_tokens ?? 0) <= given.input_tokens, {
    path: ['prompt_tokens_details', 'cached_tokens'],
    error: 'expected a part of input_tokens',
  })
  .refine((given) => (given.output_tokens_details?.reasoning_tokens ?? 0) <= given.output_tokens, {
    path: ['output_tokens_details', 'reasoning_tokens'],
    error: 'expected a part of output_tokens',
  });

const searchInfo = z.strictObject({
  search_results: z.array(
    z.strictObject({
      index: z.int(),
      title: z.string(),
      url: z.string(),
      site_name: z.string(),
      icon: z.string(),
    }),
  ),
  extra_tool_info: z.array(z.strictObject({ tool: z.string(), result: z.string() })).optional(),
});

const toolInfo = z.array(
  z.strictObject({
    type: z.literal('code_interpreter'),
    code_interpreter: z.strictObject({ code: z.string() }),
  }),
);

/** Text is a string on the text path, a list of parts on the multimodal one. */
const contents = { text: z.string(), multimodal: z.array(z.strictObject({ text: z.string() })) } as const;

export type NativePath = keyof typeof contents;

function output<Reason extends z.ZodType, Call extends z.ZodType>(
  path: NativePath,
  finishReason: Reason,
  call: Call,
) {
  return z.union([
    z.strictObject({
      search_info: searchInfo.optional(),
      tool_info: toolInfo.optional(),
      choices: z
        .array(
          z.strictObject({
            index: count.optional(),
            finish_reason: finishReason,
            logprobs: logprobs.nullable().optional(),
            message: z.strictObject({
              role: z.literal('assistant'),
              content: contents[path] as z.ZodType<string | { text: string }[]>,
              reasoning_content: z.string().optional(),
              tool_calls: z.array(call).min(1).optional(),
            }),
          }),
        )
        .min(1),
    }),
    // A first frame that brings what was found before anything is said.
    z.strictObject({ search_info: searchInfo }),
    // The older form, where `result_format` is `text`.
    z.strictObject({ search_info: searchInfo.optional(), text: z.string(), finish_reason: finishReason }),
  ]);
}

/** A reply. Members such as `status_code` in printed samples come from the vendor's SDKs and are not on the wire. */
export function generation(path: NativePath) {
  return z.strictObject({ output: output(path, finalReason, toolCall), usage, request_id: uuid });
}

/** The data of a `result` frame: the finish reason is the text "null" (or null) until the last. */
export function resultFrame(path: NativePath) {
  const reason = z.union([finalReason, z.literal('null'), z.null()]);
  return z.strictObject({
    output: output(path, reason, toolCallDelta),
    usage: z.union([usage, z.strictObject({})]),
    request_id: uuid,
  });
}

export type ResultFrame = z.infer<ReturnType<typeof resultFrame>>;

/** The body of an error, and the data of an `error` frame. Some errors of the compatible wire come so as well. */
export const flatError = z.strictObject({
  code: z.string().min(1),
  message: z.string().min(1),
  request_id: uuid,
});
