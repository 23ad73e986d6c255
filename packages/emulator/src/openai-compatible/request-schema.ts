import * as z from 'zod';
import {
  cacheControl,
  imageOptions,
  roles,
  samplingShape,
  toolCallSchema,
  unknownRole,
  videoOptions,
} from '../sampling-schema.ts';

const part = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('text'), text: z.string(), cache_control: cacheControl }),
    z.strictObject({
      type: z.literal('image_url'),
      image_url: z.strictObject({ url: z.string() }),
      ...imageOptions,
      cache_control: cacheControl,
    }),
    z.strictObject({
      type: z.literal('video_url'),
      video_url: z.strictObject({ url: z.string() }),
      ...videoOptions,
      cache_control: cacheControl,
    }),
    z.strictObject({
      type: z.literal('video'),
      video: z.array(z.string()),
      ...videoOptions,
      cache_control: cacheControl,
    }),
    z.strictObject({
      type: z.literal('input_audio'),
      input_audio: z.strictObject({ data: z.string(), format: z.string().optional() }),
      cache_control: cacheControl,
    }),
  ],
  {
    error:
      '<400> InternalError.Algo.InvalidParameter: The provided messages input is invalid. Unexpected item type in content.',
  },
);

const message = z.strictObject({
  role: z.enum(roles, { error: unknownRole }),
  content: z.union([z.string(), z.array(part)], { error: contentError }).nullish(),
  name: z.string().nullish(),
  tool_calls: z.array(toolCallSchema).nullish(),
  tool_call_id: z.string().optional(),
  reasoning_content: z.string().nullish(),
  partial: z.boolean().optional(),
  // Members of a reply that a client may send back as it got them.
  refusal: z.unknown().optional(),
  audio: z.unknown().optional(),
  function_call: z.unknown().optional(),
  annotations: z.unknown().optional(),
});

function contentError(issue: z.core.$ZodRawIssue): string {
  return Array.isArray(issue.input)
    ? '<400> InternalError.Algo.InvalidParameter: The provided messages input is invalid. Unexpected item type in content.'
    : '<400> InternalError.Algo.InvalidParameter: Input content must be a string.';
}

/**
 * The body of `POST /chat/completions`, with the service's words for what is wrong.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api
 */
export const requestSchema = z.strictObject({
  model: z.string(),
  messages: z
    .array(message, { error: 'Required parameter(messages) missing or invalid' })
    .min(1, "<400> InternalError.Algo.InvalidParameter: [] is too short - 'messages'"),
  stream: z.boolean({ error: "'stream' must be Boolean" }).nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().nullish() }).nullish(),
  ...samplingShape,
  seed: z
    .int({ error: "'seed' must be Integer" })
    .min(0, { error: ({ input }) => `${String(input)} is lesser than the minimum of 0 - 'seed'` })
    .nullish(),
  // Accepted and ignored.
  metadata: z.unknown().optional(),
  prediction: z.unknown().optional(),
  prompt_cache_key: z.unknown().optional(),
  service_tier: z.unknown().optional(),
  store: z.unknown().optional(),
  verbosity: z.unknown().optional(),
  user: z.unknown().optional(),
});

export type RequestBody = z.output<typeof requestSchema>;
