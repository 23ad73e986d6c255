import { errorKinds } from '@qwire/core';
import * as z from 'zod';
import type { Outcome } from './outcome.ts';

// Other languages write `null` where TypeScript leaves a member out; both say that there is none.
function missable<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined);
}

const text = missable(z.string());
const count = missable(z.number());
const record = z.record(z.string(), z.json());
const index = z.int().min(0);

const finishReason = z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'other']);

const tokenLogprob = {
  token: z.string(),
  logprob: count,
  bytes: missable(z.array(z.int())),
};

const logprobs = missable(
  z.array(z.strictObject({ ...tokenLogprob, top: missable(z.array(z.strictObject(tokenLogprob))) })),
);

/** `input` is the arguments parsed; it is left out when they do not parse. */
const toolCall = { id: z.string(), name: z.string(), arguments: z.string(), input: z.json().optional() };

const source = z.strictObject({ index: missable(z.int()), url: z.string(), title: text, siteName: text });

const usage = z.strictObject({
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  cachedInputTokens: count,
  cacheCreationInputTokens: count,
  cacheCreation5mInputTokens: count,
  cacheCreation1hInputTokens: count,
  cacheType: text,
  reasoningTokens: count,
  inputTextTokens: count,
  inputImageTokens: count,
  inputVideoTokens: count,
  inputAudioTokens: count,
  outputTextTokens: count,
  outputAudioTokens: count,
  webSearches: count,
  imageSearches: count,
  codeInterpreterRuns: count,
});

const audio = { transcript: text, id: text, url: text, expiresAt: count };

const event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('response-start'), requestId: text, model: z.string() }),
  z.strictObject({ type: z.literal('text-delta'), text: z.string(), logprobs }),
  z.strictObject({ type: z.literal('reasoning-delta'), text: z.string() }),
  z.strictObject({ type: z.literal('tool-call-start'), index, id: z.string(), name: z.string() }),
  z.strictObject({ type: z.literal('tool-call-delta'), index, arguments: z.string() }),
  z.strictObject({ type: z.literal('tool-call-end'), index, ...toolCall }),
  z.strictObject({ type: z.literal('source'), source }),
  z.strictObject({ type: z.literal('audio-delta'), data: text, ...audio }),
  z.strictObject({ type: z.literal('code-run'), index, code: z.string() }),
  z.strictObject({ type: z.literal('ocr-result'), result: record }),
  z.strictObject({ type: z.literal('usage'), usage }),
  z.strictObject({ type: z.literal('finish'), finishReason, rawFinishReason: text }),
]);

const choice = {
  text: text,
  reasoning: text,
  toolCalls: missable(z.array(z.strictObject(toolCall))),
  message: missable(record),
  finishReason: missable(finishReason),
  rawFinishReason: text,
  logprobs,
  audio: missable(z.strictObject({ data: z.string(), ...audio })),
  ocrResult: missable(record),
};

const embedding = z.strictObject({
  index,
  vector: z.array(z.number()),
  sparse: missable(z.array(z.strictObject({ index: z.int(), value: z.number(), token: text }))),
});

const response = z.strictObject({
  ...choice,
  choices: missable(z.array(z.strictObject(choice))),
  object: z.json().optional(),
  usage: missable(usage),
  sources: missable(z.array(source)),
  embeddings: missable(z.array(embedding)),
  codeRuns: missable(z.array(z.strictObject({ code: z.string() }))),
  warnings: missable(z.array(z.strictObject({ field: text, message: z.string() }))),
  requestId: text,
  model: text,
});

const error = z.strictObject({
  kind: z.enum([...errorKinds, 'crash']),
  code: text,
  status: count,
  requestId: text,
  retryable: missable(z.boolean()),
  hint: text,
  message: text,
  timeout: missable(z.enum(['connectMs', 'firstEventMs', 'idleMs', 'totalMs'])),
  field: text,
  workspace: text,
  retryAfterMs: count,
  text,
  rendered: text,
});

/** The `Outcome` of a child, in JSON. Strict: a member that nobody reads is a typing error. */
export const outcomeSchema = z
  .strictObject({
    ended: z.enum(['completed', 'failed', 'cancelled']),
    events: missable(z.array(event)),
    response: missable(response),
    error: missable(error),
  })
  // Checked member by member above; the types differ only in how a missing member is written.
  .transform((outcome) => outcome as unknown as Outcome);
