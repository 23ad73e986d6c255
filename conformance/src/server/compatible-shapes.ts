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

// Shapes of `POST /compatible-mode/v1/chat/completions`.
// @see https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-openai-chat-completions

const completionId = z
  .string()
  .regex(/^chatcmpl-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'expected chatcmpl- and a UUID');

const usage = z
  .strictObject({
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    prompt_tokens_details: promptTokensDetails.optional(),
    completion_tokens_details: outputTokensDetails.optional(),
  })
  .refine((given) => given.total_tokens === given.prompt_tokens + given.completion_tokens, {
    path: ['total_tokens'],
    error: 'expected prompt_tokens and completion_tokens together',
  })
  .refine((given) => (given.prompt_tokens_details?.cached_tokens ?? 0) <= given.prompt_tokens, {
    path: ['prompt_tokens_details', 'cached_tokens'],
    error: 'expected a part of prompt_tokens',
  })
  .refine((given) => (given.completion_tokens_details?.reasoning_tokens ?? 0) <= given.completion_tokens, {
    path: ['completion_tokens_details', 'reasoning_tokens'],
    error: 'expected a part of completion_tokens',
  });

/** Members that are always null on this service, where they are sent at all. */
const unused = {
  refusal: z.null().optional(),
  audio: z.null().optional(),
  function_call: z.null().optional(),
};

const head = {
  created: z.int().min(1_000_000_000).max(9_999_999_999, 'expected seconds'),
  system_fingerprint: z.union([z.null(), z.literal('')]),
  service_tier: z.null().optional(),
  model: z.string().min(1),
  id: completionId,
};

export const completion = z.strictObject({
  ...head,
  object: z.literal('chat.completion'),
  usage,
  choices: z
    .array(
      z.strictObject({
        index: count,
        finish_reason: finalReason,
        logprobs: logprobs.nullable(),
        message: z.strictObject({
          ...unused,
          annotations: z.null().optional(),
          role: z.literal('assistant'),
          content: z.string(),
          reasoning_content: z.string().optional(),
          tool_calls: z.array(toolCall).min(1).optional(),
        }),
      }),
    )
    .min(1),
});

export const chunk = z.strictObject({
  ...head,
  object: z.literal('chat.completion.chunk'),
  usage: usage.nullable(),
  choices: z.array(
    z.strictObject({
      index: count,
      // The chunk that closes the arguments of a tool call has neither of these two.
      finish_reason: finalReason.nullable().optional(),
      logprobs: logprobs.nullable().optional(),
      delta: z.strictObject({
        ...unused,
        role: z.literal('assistant').nullable().optional(),
        content: z.string().nullable().optional(),
        reasoning_content: z.string().nullable().optional(),
        tool_calls: z.array(toolCallDelta).nullable().optional(),
      }),
    }),
  ),
});

export type Completion = z.infer<typeof completion>;
export type Chunk = z.infer<typeof chunk>;

/** `type` of the envelope where it is recorded; of other codes it is not known. */
const types: Readonly<Record<string, string>> = {
  invalid_api_key: 'invalid_request_error',
  invalid_parameter_error: 'invalid_request_error',
  model_not_found: 'invalid_request_error',
  model_not_supported: 'invalid_request_error',
  internal_error: 'internal_server_error',
  ...Object.fromEntries(
    [
      'data_inspection_failed',
      'access_denied',
      'limit_requests',
      'limit_burst_rate',
      'insufficient_quota',
      'internal_server_error',
      'Arrearage',
      'Workspace.AccessDenied',
      'AllocationQuota.FreeTierOnly',
    ].map((code) => [code, code]),
  ),
};

export const errorEnvelope = z
  .strictObject({
    error: z.strictObject({
      message: z.string().min(1),
      type: z.string().min(1),
      param: z.string().nullable().optional(),
      code: z.string().min(1).nullable(),
    }),
    // Either names the request: errors of the model layer of a stream carry the id of a completion only.
    request_id: uuid.optional(),
    id: z.union([uuid, completionId]).optional(),
  })
  .refine(({ request_id, id }) => request_id !== undefined || id !== undefined, {
    path: ['request_id'],
    error: 'expected a request id, here or in "id"',
  })
  .refine(({ request_id, id }) => !request_id || !id || id.endsWith(request_id), {
    path: ['id'],
    error: 'expected the same id as in request_id',
  })
  .refine(({ error: { code, type } }) => code === null || type === (types[code] ?? type), {
    path: ['error', 'type'],
    error: 'is not the type that this code has',
  });
