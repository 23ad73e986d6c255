import { type Region, type RegionAlias, regions } from '@qwire/core';
import * as z from 'zod';
import { documentedErrorNames } from './documented-errors.ts';

const regionNames = [...Object.keys(regions), ...Object.values(regions).map(({ alias }) => alias)] as (
  | Region
  | RegionAlias
)[];

const count = z.int().min(0);
const milliseconds = z.number().min(0);

const errorSchema = z.union(
  [
    z.enum(documentedErrorNames),
    z.strictObject({
      status: z.int().min(400).max(599),
      code: z.string(),
      message: z.string(),
      /** `type` of the compatible envelope; the code unless given. */
      type: z.string().optional(),
    }),
  ],
  { error: `expected { status, code, message } or one of: ${documentedErrorNames.join(', ')}` },
);

const faultSchema = z.strictObject({
  /** Wait before the response's headers. */
  delayMs: milliseconds.optional(),
  /** Wait before each frame; wins over the configuration's own. */
  frameDelayMs: milliseconds.optional(),
  /** Send this many frames, then nothing more, and keep the connection open. 0 sends the headers only. */
  stallAfterFrames: count.optional(),
  /** Send this many frames, then cut the connection. */
  disconnectAfterFrames: count.optional(),
  /** Send this many frames, then close cleanly, without the finish reason. */
  endAfterFrames: count.optional(),
  /** Send this many frames, then an error frame, and close. Streams only. */
  errorAfterFrames: z.strictObject({ frames: count, error: errorSchema }).optional(),
  /** Size of every chunk of bytes; 1 cuts inside every character that is not ASCII. */
  bytesPerChunk: z.int().min(1).optional(),
  /** Frames that travel in one chunk. */
  framesPerChunk: z.int().min(1).optional(),
  /** Ways to write the same frames that a reader of server-sent events must accept. */
  framing: z
    .strictObject({
      crlf: z.boolean().optional(),
      byteOrderMark: z.boolean().optional(),
      /** `event: result` and `data: {…}` on the native wire, `data:{…}` on the compatible one. */
      swapSpaces: z.boolean().optional(),
      /** Leaves out the blank line between native frames. */
      omitBlankLines: z.boolean().optional(),
    })
    .optional(),
});

/** Members of a rule of which it needs one at least. */
const answers = [
  'text',
  'chunks',
  'choices',
  'toolCalls',
  'error',
  'fault',
  'reasoning',
  'usage',
  'sources',
  'code',
  'audio',
  'ocrResult',
] as const;

const replySchema = z
  .strictObject({
    /** Text that the last message contains, in any case, or `/a regular expression/flags`. Every message unless given. */
    when: z.string().optional(),
    /** Whether the last message is the user's or a tool's answer; the user's unless given. */
    after: z.enum(['user', 'tool']).optional(),
    /** Only for these models (`*` stands for any characters), this workspace (id or name), this wire. */
    model: z.string().optional(),
    workspace: z.string().optional(),
    wire: z.enum(['openai-compatible', 'dashscope']).optional(),
    /** Answer this often, then leave it to the next rule. No limit unless given. */
    times: z.int().min(1).optional(),
    text: z.string().optional(),
    /** The exact pieces in which the text is streamed; the text is all of them together. */
    chunks: z.array(z.string()).optional(),
    /** One text for each of several answers, in place of "text"; the last one stands for those that are missing. */
    choices: z.array(z.string()).min(1, 'needs at least one text').optional(),
    /** Sent when the call thinks. */
    reasoning: z.string().optional(),
    /** Asked for when the request offers these tools. A string of arguments is sent as it is, also when it is not JSON. */
    toolCalls: z
      .array(
        z.strictObject({
          name: z.string(),
          arguments: z.union([z.string(), z.record(z.string(), z.json())], {
            error: 'expected an object, or JSON text',
          }),
          id: z.string().optional(),
        }),
      )
      .optional(),
    /** Pages found by web search; the native wire reports them when the request asks for sources. */
    sources: z
      .array(z.strictObject({ title: z.string(), url: z.string(), siteName: z.string().optional() }))
      .optional(),
    /** Code that the interpreter runs, when the request lets it; the native wire reports it. */
    code: z.array(z.string()).optional(),
    /** What is spoken when the request asks a model that speaks for it; a tone with the text unless given. */
    audio: z
      .strictObject({
        /** Base64 of the sound. */
        data: z.base64().optional(),
        transcript: z.string().optional(),
      })
      .optional(),
    /** What an OCR task of the native wire reads, in the task's own form. */
    ocrResult: z.record(z.string(), z.json()).optional(),
    finishReason: z.enum(['stop', 'length', 'tool_calls']).optional(),
    /** Token counts to report in place of the counted ones. */
    usage: z
      .strictObject({
        inputTokens: count.optional(),
        outputTokens: count.optional(),
        reasoningTokens: count.optional(),
        cachedInputTokens: count.optional(),
        cacheCreationInputTokens: count.optional(),
        /** By the lifetime of the entry; five minutes unless given. */
        cacheCreation5mInputTokens: count.optional(),
        cacheCreation1hInputTokens: count.optional(),
        /** Uses of built-in tools; the native wire reports them. */
        webSearches: count.optional(),
        imageSearches: count.optional(),
        codeInterpreterRuns: count.optional(),
      })
      .optional(),
    /** Refuse with a documented error, by its name, or with your own. */
    error: errorSchema.optional(),
    fault: faultSchema.optional(),
  })
  .refine((rule) => answers.some((member) => rule[member] !== undefined), {
    error: 'says nothing; add "text", "toolCalls", "error" or "fault"',
  });

const modelPatterns = z.union([z.literal('*'), z.array(z.string())], {
  error: 'expected "*" or a list of model names, such as ["qwen-plus", "qwen3-vl-*"]',
});

const workspaceSchema = z.strictObject({
  /** Opaque, such as `llm-…`. */
  id: z.string().regex(/^[A-Za-z0-9_-]+$/, 'may hold only letters, digits, "_" and "-"'),
  /** The id unless given. */
  name: z.string().optional(),
  apiKeys: z.array(z.string().min(1)).min(1, 'needs at least one key'),
  /** Models that the workspace was granted: all, or names in which `*` stands for any characters. */
  models: modelPatterns,
  /** State of the account that pays; `good` unless given. */
  standing: z.enum(['good', 'arrears', 'free-tier-used-up']).optional(),
  /** Requests and tokens of each model within a sliding window; a minute unless given. */
  limits: z
    .array(
      z.strictObject({
        models: modelPatterns,
        requests: count.optional(),
        tokens: count.optional(),
        windowMs: z.int().min(1).optional(),
        /** More requests are refused as too fast a burst, which a call may let itself be kept waiting for. */
        burst: z.boolean().optional(),
      }),
    )
    .optional(),
});

const modelSchema = z.strictObject({
  id: z.string().min(1),
  /** Which native path answers it. */
  path: z.enum(['text', 'multimodal']).optional(),
  /** What it reads besides text. */
  media: z.array(z.enum(['image', 'video', 'audio', 'document'])).optional(),
  /** Whether it thinks: never, when asked (`off`), unless told not to (`on`), or always. */
  thinking: z.enum(['never', 'off', 'on', 'always']).optional(),
  /** Refuses to think in a call that is not streamed. */
  thinksOnlyStreamed: z.boolean().optional(),
  streamOnly: z.boolean().optional(),
  tools: z.boolean().optional(),
  search: z.boolean().optional(),
  jsonSchema: z.boolean().optional(),
  /** Offered on the compatible wire. */
  compatible: z.boolean().optional(),
  /** Offered on the native wire. */
  native: z.boolean().optional(),
  /** Answers with speech when asked to. */
  speaks: z.boolean().optional(),
  /** Has tasks of reading pictures, with results of their own. */
  ocr: z.boolean().optional(),
  /** Translates the one user message and does nothing else. */
  translates: z.boolean().optional(),
  /** Turns texts into vectors, and answers nothing else. The first length is the model's own choice. */
  embedding: z
    .strictObject({
      dimensions: z.tuple([z.int().min(1)], z.int().min(1)),
      maxTexts: z.int().min(1),
      maxTokens: z.int().min(1),
    })
    .optional(),
  /** Its own defaults on the native wire. */
  resultFormat: z.enum(['text', 'message']).optional(),
  incrementalOutput: z.boolean().optional(),
  /** Tokens. */
  maxInput: count.optional(),
  maxOutput: count.optional(),
  maxThinking: count.optional(),
  /** Offered in these regions only. */
  regions: z.array(z.enum(regionNames)).optional(),
  /** Id of the workspace that owns a custom model; only its keys may call it. */
  owner: z.string().optional(),
});

/** Behavior of the service that differs between places and times, or that nobody has recorded. */
const quirksSchema = z.strictObject({
  /** Messages end with a link to the error's documentation, as they do since about April 2026. */
  documentationLinks: z.boolean().default(false),
  /** Compatible wire: an error of a streamed call is a `data:` line of an event stream. */
  sseErrorBodies: z.boolean().default(false),
  /** Compatible wire: which errors come as the native body, without the envelope. */
  flatNativeErrors: z.enum(['model-access-denied', 'always', 'never']).default('model-access-denied'),
  /** A 429 has no body. */
  emptyThrottleBody: z.boolean().default(false),
  /** Native wire: how 403, 404 and 429 reach a streamed call. */
  nativeStreamErrors: z.enum(['http', 'frame']).default('http'),
  /** Native wire: `ModelNotFound` with 404, or `InvalidParameter` "Model not exist." with 400. */
  nativeUnknownModel: z.enum(['ModelNotFound', 'InvalidParameter']).default('ModelNotFound'),
  /** Native multimodal path: whether plain text may stand where a list of parts is documented. */
  plainTextOnMultimodal: z.enum(['accept', 'refuse']).default('accept'),
  /** Whether an `oss:` address that was not uploaded to this emulator stands for a file, or is refused. */
  unknownUploads: z.enum(['accept', 'refuse']).default('accept'),
  /** Whether a request member that is not documented is ignored, as by the service, or refused. */
  unknownParameters: z.enum(['ignore', 'refuse']).default('ignore'),
});

export const configSchema = z.strictObject({
  /** Id or alias; keys are good in this region only. */
  region: z.enum(regionNames),
  workspaces: z.array(workspaceSchema).min(1, 'needs at least one workspace'),
  /** The first one that matches answers. */
  replies: z.array(replySchema).default([]),
  /** Adds to the known models, or changes the one with the same id. */
  models: z.array(modelSchema).default([]),
  /** Wait before each frame of a stream, so that it can be watched; none unless given. */
  frameDelayMs: milliseconds.default(0),
  quirks: quirksSchema.prefault({}),
});

/** What an emulator is made of, as written in a configuration file. */
export type EmulatorConfig = z.input<typeof configSchema>;
/** One rule for what to answer. */
export type ReplyRule = z.input<typeof replySchema>;
/** What goes wrong on the way back. */
export type Fault = z.input<typeof faultSchema>;
/** An error by its name in the documentation's table, or written out. */
export type ScriptedError = z.input<typeof errorSchema>;
export type WorkspaceConfig = z.input<typeof workspaceSchema>;
export type ModelConfig = z.input<typeof modelSchema>;
export type Quirks = z.output<typeof quirksSchema>;
/** The configuration with its defaults filled in. */
export type ResolvedConfig = z.output<typeof configSchema>;

export { replySchema };
