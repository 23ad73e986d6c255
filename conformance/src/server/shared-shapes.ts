import * as z from 'zod';

// strictObject everywhere: a member that no document and no recording shows is a difference.

export const count = z.int().min(0);

export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'expected a UUID in lower case');

/** Of an explicit cache that this call has filled. */
export const promptTokensDetails = z.strictObject({
  cached_tokens: count.optional(),
  cache_creation_input_tokens: count.optional(),
  cache_creation: z
    .strictObject({
      ephemeral_5m_input_tokens: count.optional(),
      ephemeral_1h_input_tokens: count.optional(),
    })
    .optional(),
  cache_type: z.literal('ephemeral').optional(),
  text_tokens: count.optional(),
  image_tokens: count.optional(),
  video_tokens: count.optional(),
  audio_tokens: count.optional(),
});

export const outputTokensDetails = z.strictObject({
  reasoning_tokens: count.optional(),
  text_tokens: count.optional(),
  audio_tokens: count.optional(),
});

const tokenLogprob = z.strictObject({
  token: z.string(),
  bytes: z.array(z.int().min(0).max(255)),
  logprob: z.number().max(0).nullable(),
});

export const logprobs = z.strictObject({
  content: z.array(z.strictObject({ ...tokenLogprob.shape, top_logprobs: z.array(tokenLogprob) })),
});

/** `call_` and 22 to 24 characters. */
export const callId = z.string().regex(/^call_[0-9A-Za-z]{22,24}$/, 'expected call_ and 22 to 24 characters');

export const toolCall = z.strictObject({
  id: callId,
  type: z.literal('function'),
  index: count,
  function: z.strictObject({ name: z.string().min(1), arguments: z.string() }),
});

/** Of a piece, all but its place may be missing or empty. */
export const toolCallDelta = z.strictObject({
  id: z.union([z.literal(''), callId]),
  type: z.literal('function'),
  index: count,
  function: z.strictObject({
    name: z.string().nullable().optional(),
    arguments: z.string().nullable().optional(),
  }),
});

export const finalReason = z.enum(['stop', 'length', 'tool_calls']);
