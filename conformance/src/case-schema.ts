import { capabilityKeys, errorKinds } from '@qwire/core';
import * as z from 'zod';

/** The wire formats that a scenario can state an exchange for, each with its path below a host. */
export const wireRoots = { 'openai-compatible': '/compatible-mode/v1', dashscope: '/api/v1' } as const;

export type WireName = keyof typeof wireRoots;

export const wireNames = Object.keys(wireRoots) as readonly WireName[];

/** How a reply reaches a client: caught in the process, or sent by a real HTTP server on loopback. */
export const carrierNames = ['intercept', 'loopback'] as const;

export type CarrierName = (typeof carrierNames)[number];

// strictObject everywhere: a key that nobody reads is a typing error, and would be a check that never runs.

const headerName = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'header names are written in lower case, such as "content-type"');

const provenance = z.enum(['documented', 'recorded', 'reported', 'derived', 'synthetic']);
const bytes = z.enum(['authored', 'verbatim']);

const citation = z.strictObject({
  /** A key of sources.json. */
  source: z.string(),
  section: z.string().optional(),
  supports: z.enum(['address', 'request', 'reply', 'error', 'framing', 'rule']),
});

/** Text that is equal, absent (`null`), present at all, contains something, or is present and lacks something. */
const textMatch = z.union([
  z.string(),
  z.null(),
  z.strictObject({ present: z.literal(true) }),
  z.strictObject({ contains: z.string().min(1) }),
  z.strictObject({ lacks: z.string().min(1) }),
]);

const count = z.int().min(0).nullable();

/** Compared as a whole: a number that is not stated must be absent. */
const usage = z.strictObject({
  inputTokens: count.optional(),
  outputTokens: count.optional(),
  totalTokens: count.optional(),
  cachedInputTokens: count.optional(),
  cacheCreationInputTokens: count.optional(),
  cacheCreation5mInputTokens: count.optional(),
  cacheCreation1hInputTokens: count.optional(),
  cacheType: z.string().nullable().optional(),
  reasoningTokens: count.optional(),
  inputTextTokens: count.optional(),
  inputImageTokens: count.optional(),
  inputVideoTokens: count.optional(),
  inputAudioTokens: count.optional(),
  outputTextTokens: count.optional(),
  outputAudioTokens: count.optional(),
  webSearches: count.optional(),
  imageSearches: count.optional(),
  codeInterpreterRuns: count.optional(),
});

const finishReason = z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'other']);

const source = z.strictObject({
  index: z.int().nullable().optional(),
  url: z.string(),
  title: textMatch.optional(),
  siteName: textMatch.optional(),
});

const toolCall = {
  id: textMatch.optional(),
  name: z.string(),
  arguments: z.string().optional(),
  /** The parsed arguments; `null` when they do not parse. */
  input: z.json().optional(),
};

const index = z.int().min(0);

/** A spoken answer, or a piece of one; what is not stated is not compared. */
const audio = z.strictObject({
  data: z.string().optional(),
  transcript: textMatch.optional(),
  id: textMatch.optional(),
  url: textMatch.optional(),
  expiresAt: z.number().nullable().optional(),
});

const codeRun = z.strictObject({ code: z.string() });

const expectedEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('response-start'),
    requestId: textMatch.optional(),
    model: textMatch.optional(),
  }),
  z.strictObject({ type: z.literal('text-delta'), text: z.string(), logprobs: z.json().optional() }),
  z.strictObject({ type: z.literal('reasoning-delta'), text: z.string() }),
  z.strictObject({
    type: z.literal('tool-call-start'),
    index,
    id: textMatch.optional(),
    name: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('tool-call-delta'), index, arguments: z.string() }),
  z.strictObject({ type: z.literal('tool-call-end'), index, ...toolCall }),
  z.strictObject({ type: z.literal('source'), source }),
  audio.extend({ type: z.literal('audio-delta') }),
  codeRun.extend({ type: z.literal('code-run'), index }),
  z.strictObject({ type: z.literal('ocr-result'), result: z.json() }),
  z.strictObject({ type: z.literal('usage'), usage }),
  z.strictObject({ type: z.literal('finish'), finishReason, rawFinishReason: textMatch.optional() }),
]);

const warning = z.strictObject({ field: textMatch.optional(), message: textMatch.optional() });

/** One answer. */
const expectedChoice = z.strictObject({
  text: z.string().optional(),
  reasoning: textMatch.optional(),
  toolCalls: z.array(z.strictObject(toolCall)).optional(),
  finishReason: finishReason.optional(),
  rawFinishReason: textMatch.optional(),
  logprobs: z.json().optional(),
  message: z.json().optional(),
  /** `null`: none. */
  audio: audio.nullable().optional(),
  ocrResult: z.json().optional(),
});

const expectedResponse = expectedChoice.extend({
  /** All answers in order. */
  choices: z.array(expectedChoice).optional(),
  codeRuns: z.array(codeRun).nullable().optional(),
  usage: usage.optional(),
  requestId: textMatch.optional(),
  model: textMatch.optional(),
  /** None unless stated: nothing may be dropped, and nothing warned of, in silence. */
  warnings: z.array(warning).optional(),
  sources: z.array(source).optional(),
  /** The parsed text of a reply that was asked to be JSON; `null` when there is none. */
  object: z.json().optional(),
  /** Of `embed`. */
  embeddings: z.json().optional(),
});

const expectedError = z.strictObject({
  kind: z.enum(errorKinds).optional(),
  code: textMatch.optional(),
  status: z.int().nullable().optional(),
  requestId: textMatch.optional(),
  retryable: z.boolean().optional(),
  hint: textMatch.optional(),
  message: textMatch.optional(),
  timeout: z.enum(['connectMs', 'firstEventMs', 'idleMs', 'totalMs']).nullable().optional(),
  field: textMatch.optional(),
  workspace: textMatch.optional(),
  retryAfterMs: z.number().nullable().optional(),
  text: textMatch.optional(),
});

/** What a caller must see. */
export const expectationSchema = z.strictObject({
  ended: z.enum(['completed', 'failed', 'cancelled']).optional(),
  events: z.array(expectedEvent).optional(),
  response: expectedResponse.optional(),
  error: expectedError.optional(),
});

/**
 * What was seen of a client: also that nothing came in time, a crash, an error that does not say of which kind it is
 * (`null`), and counts that are no numbers.
 */
export const observedSchema = expectationSchema.extend({
  ended: z.enum(['completed', 'failed', 'cancelled', 'no-outcome']).optional(),
  response: expectedResponse
    .extend({ usage: z.record(z.string(), z.json().optional()).optional() })
    .optional(),
  error: expectedError
    .extend({
      kind: z
        .enum([...errorKinds, 'crash'])
        .nullable()
        .optional(),
    })
    .optional(),
});

const delivery = z.strictObject({
  /**
   * Where the bytes are cut into chunks: after each blank line, after each byte, nowhere, or at these offsets.
   */
  split: z.union([z.enum(['event', 'byte', 'whole']), z.array(z.int().positive()).min(1)]).default('event'),
  /** After the last byte: end properly, cut the connection, or stay open and silent until the client leaves. */
  end: z.enum(['close', 'disconnect', 'stall']).default('close'),
});

const reply = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    status: z.int().min(200).max(599).default(200),
    /** `content-type` follows from the body file's name unless given. */
    headers: z.record(headerName, z.string()).default({}),
    /** A file beside scenario.json, or in another scenario's folder as `../../<group>/<name>/<file>`. */
    bodyFile: z.string().optional(),
    delivery: delivery.prefault({}),
  }),
  /** The connection breaks before any byte of a reply. */
  z.strictObject({ kind: z.literal('connection-failed') }),
  /** The request is accepted and never answered. */
  z.strictObject({ kind: z.literal('silence') }),
]);

const requestCheck = z.strictObject({
  method: z.enum(['GET', 'POST', 'DELETE']).default('POST'),
  /** The documented address in full. A carrier that answers elsewhere compares the path only. */
  url: z.url({ protocol: /^https$/ }),
  /** Compared as given. `authorization` is checked in every case and need not be stated. */
  headers: z.record(headerName, z.string()).default({}),
  requireHeaders: z.array(headerName).default([]),
  forbidHeaders: z.array(headerName).default([]),
  body: z.json().optional(),
  /** `contains`: members that are not stated are not compared; lists have equal length. */
  bodyMatch: z.enum(['exact', 'contains']).default('exact'),
  /** Such as `parameters.incremental_output` or `messages[1].content`. */
  forbidBodyPaths: z.array(z.string()).default([]),
});

const exchange = z.strictObject({ request: requestCheck, reply });

const timeouts = z.strictObject({
  connectMs: z.number().optional(),
  firstEventMs: z.number().optional(),
  idleMs: z.number().optional(),
  totalMs: z.number().optional(),
});

const stringRecord = z.record(z.string(), z.string());

/** Options of the client; `null` means that the option is not given. */
const clientOptions = z.strictObject({
  apiKey: z.string().nullable().default('sk-conformance-0a1b2c3d4e5f'),
  /** Singapore unless given, or none where a base URL is given. */
  region: z.string().nullable().optional(),
  workspaceId: z.string().optional(),
  workspaceIn: z.enum(['host', 'header']).optional(),
  baseURL: z.string().optional(),
  headers: stringRecord.optional(),
  maxRetries: z.int().min(0).default(0),
  timeouts: timeouts.optional(),
});

const callOptions = z.strictObject({
  headers: stringRecord.optional(),
  maxRetries: z.int().min(0).optional(),
  timeouts: timeouts.optional(),
});

const cancel = z.union([
  z.strictObject({ by: z.enum(['abort', 'leave']), afterEvents: z.int().min(1) }),
  z.strictObject({ by: z.literal('abort'), before: z.enum(['request', 'headers']) }),
]);

const call = z.strictObject({
  operation: z.enum(['chat', 'stream', 'embed']),
  /** A ChatRequest of core, or an EmbedRequest. `{"$base64": "…"}` stands for bytes, `{"$number": "NaN"}` for what JSON cannot write. */
  request: z.record(z.string(), z.json()),
  client: clientOptions.prefault({}),
  options: callOptions.prefault({}),
  /** The environment that the client sees; every other DASHSCOPE_ variable is unset. */
  environment: z.record(z.string().regex(/^DASHSCOPE_[A-Z_]+$/), z.string()).default({}),
  cancel: cancel.optional(),
});

const alternative = z.strictObject({ because: z.string().min(1), expect: expectationSchema });

const wireExchanges = z.strictObject({
  sources: z.array(citation).default([]),
  provenance: provenance.optional(),
  bytes: bytes.optional(),
  exchanges: z.array(exchange),
  /** What this wire forces to differ; merged over the scenario's expectation, lists replaced. */
  expect: expectationSchema.optional(),
  alsoAllowed: z.array(alternative).default([]),
  guards: z.array(z.string()).default([]),
});

const absentWire = z.strictObject({ absent: z.string().min(1) });

/** The content of one scenario.json. */
export const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z
    .string()
    .max(100)
    .regex(/^[A-Z0-9]/, 'begins with a capital letter or digit')
    .refine((title) => !/\bshould\b/i.test(title), 'states a fact, without "should"')
    .refine((title) => !title.endsWith('.'), 'has no full stop at its end'),
  level: z.enum(['must', 'should', 'may']).default('must'),
  status: z.enum(['tentative', 'stable', 'withdrawn']).default('stable'),
  provenance,
  bytes: bytes.default('authored'),
  sources: z.array(citation).default([]),
  /** What a client must be able to do; `streaming` and `cancellation` follow from the call. */
  requires: z.array(z.enum(capabilityKeys)).default([]),
  carriers: z
    .array(z.enum(carrierNames))
    .min(1)
    .default([...carrierNames]),
  call,
  expect: expectationSchema,
  alsoAllowed: z.array(alternative).default([]),
  /** Seeded defects that this scenario must catch; in the suite itself at least one. */
  guards: z.array(z.string()).default([]),
  wires: z.strictObject({
    'openai-compatible': z.union([absentWire, wireExchanges]),
    dashscope: z.union([absentWire, wireExchanges]),
  }),
});

/** The content of sources.json: where facts were read, by id. */
export const sourcesSchema = z.record(
  z.string(),
  z.strictObject({
    kind: z.enum(['document', 'recording', 'report', 'code', 'specification']),
    url: z.url(),
    title: z.string(),
    language: z.string(),
    retrievedOn: z.iso.date(),
    /** The date that the document itself names, when it does. */
    documentUpdatedOn: z.iso.date().optional(),
  }),
);

export type Scenario = z.infer<typeof scenarioSchema>;
export type Sources = z.infer<typeof sourcesSchema>;
export type Expectation = z.infer<typeof expectationSchema>;
export type Observed = z.infer<typeof observedSchema>;
export type ExpectedEvent = z.infer<typeof expectedEvent>;
export type ExpectedResponse = z.infer<typeof expectedResponse>;
export type ExpectedError = z.infer<typeof expectedError>;
export type ExpectedUsage = z.infer<typeof usage>;
export type TextMatch = z.infer<typeof textMatch>;
export type Citation = z.infer<typeof citation>;
export type CaseCall = z.infer<typeof call>;
export type Cancel = z.infer<typeof cancel>;
export type RequestCheck = z.infer<typeof requestCheck>;
export type Reply = z.infer<typeof reply>;
export type Delivery = z.infer<typeof delivery>;
export type Alternative = z.infer<typeof alternative>;
