import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import {
  AISDKError,
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  TypeValidationError,
} from '@ai-sdk/provider';
import type { CaseCall, ClientDriver, Outcome, OutcomeError, Surroundings } from '@qwire/conformance';
import type { ChatRequest, FinishReason, JsonObject, Message, ToolCall, Usage } from '@qwire/core';
import { mediaURL, parametersOf, requestOf, textOf } from './client-request.ts';
import { failedCall } from './end-of-call.ts';
import { createEventLog } from './event-log.ts';
import type { Exposure, Seen } from './scored-client.ts';

/** What a provider of the AI SDK shows through its language model. */
export const aiSdkExposure: Exposure = {
  response: ['text', 'reasoning', 'toolCalls', 'finishReason', 'rawFinishReason', 'usage', 'model'],
  usage: ['inputTokens', 'outputTokens', 'cachedInputTokens', 'cacheCreationInputTokens', 'reasoningTokens'],
  toolCalls: ['id', 'name', 'arguments'],
  finishReasons: 'own',
  errors: {
    ofStatus: { kinds: [], members: ['code', 'status', 'retryable', 'message'] },
    others: { kinds: ['invalid-response'], members: ['code', 'message'] },
  },
};

interface ProviderCall {
  readonly model: LanguageModelV4;
  /** What this provider takes beside the AI SDK's own options, under its name. */
  readonly providerOptions: Readonly<Record<string, JsonObject>>;
}

/** Performs a case through a provider's `doGenerate` and `doStream`. */
export function performAiSdk(
  begin: (call: CaseCall, baseURL: string | undefined) => ProviderCall,
): ClientDriver['perform'] {
  return async (call, surroundings) => {
    const { model, providerOptions } = begin(call, surroundings.baseURL);
    const options = {
      ...toOptions(requestOf(call)),
      providerOptions,
      abortSignal: surroundings.signal,
    } as LanguageModelV4CallOptions;
    if (call.operation === 'stream') return stream(model, options, surroundings);
    try {
      const { content, finishReason, usage, response } = await model.doGenerate(options);
      return {
        ended: 'completed',
        response: {
          ...readContent(content),
          ...readEnd(finishReason, usage),
          ...(response?.modelId && { model: response.modelId }),
        },
      };
    } catch (error) {
      return failedCall(error, readError, surroundings);
    }
  };
}

async function stream(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  surroundings: Surroundings,
): Promise<Outcome> {
  const log = createEventLog(surroundings);
  const calls: ToolCall[] = [];
  let [text, reasoning, modelId] = ['', '', ''];
  let end: Seen | undefined;
  try {
    const result = await model.doStream(options);
    for await (const part of result.stream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'response-metadata') modelId ||= part.modelId ?? '';
      if (part.type === 'text-delta') text += part.delta;
      if (part.type === 'reasoning-delta') reasoning += part.delta;
      if (part.type === 'tool-call') calls.push(readCall(part));
      if (part.type === 'finish') end = readEnd(part.finishReason, part.usage);
      tell(log, part);
      if (log.left) break;
    }
    if (surroundings.signal.aborted || log.left) return { ended: 'cancelled', events: log.events() };
    const response = { text, reasoning: reasoning || undefined, toolCalls: calls, ...end, model: modelId };
    return { ended: 'completed', response, events: log.events(true) };
  } catch (error) {
    return { ...failedCall(error, readError, surroundings), events: log.events() };
  }
}

function tell(log: ReturnType<typeof createEventLog>, part: LanguageModelV4StreamPart): void {
  if (part.type === 'stream-start' || part.type === 'finish') return;
  log.start();
  if (part.type === 'text-delta') log.text(part.delta);
  if (part.type === 'reasoning-delta') log.reasoning(part.delta);
}

function readContent(content: readonly LanguageModelV4Content[]): Seen {
  return {
    text: content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    reasoning: content.map((part) => (part.type === 'reasoning' ? part.text : '')).join('') || undefined,
    toolCalls: content.flatMap((part) => (part.type === 'tool-call' ? [readCall(part)] : [])),
  };
}

function readCall(part: Extract<LanguageModelV4Content, { type: 'tool-call' }>): ToolCall {
  return { id: part.toolCallId, name: part.toolName, arguments: part.input, input: undefined };
}

function readEnd(
  { unified, raw }: LanguageModelV4FinishReason,
  { inputTokens, outputTokens }: LanguageModelV4Usage,
): Seen {
  const usage: Usage = {
    inputTokens: inputTokens.total,
    outputTokens: outputTokens.total,
    totalTokens: undefined,
    ...(inputTokens.cacheRead !== undefined && { cachedInputTokens: inputTokens.cacheRead }),
    ...(inputTokens.cacheWrite !== undefined && { cacheCreationInputTokens: inputTokens.cacheWrite }),
    ...(outputTokens.reasoning !== undefined && { reasoningTokens: outputTokens.reasoning }),
  };
  const finishReason: FinishReason = unified === 'error' || unified === 'interrupted' ? 'other' : unified;
  return { finishReason, rawFinishReason: raw, usage };
}

/** Of a failed reply, the error's own members; a provider may also hand on the service's error object as it came. */
function readError(error: unknown): OutcomeError | undefined {
  if (APICallError.isInstance(error)) {
    const { statusCode: status, isRetryable: retryable, message, data } = error;
    const broken = TypeValidationError.isInstance(error.cause) || JSONParseError.isInstance(error.cause);
    return { kind: broken ? 'invalid-response' : undefined, status, retryable, message, code: codeOf(data) };
  }
  if (
    TypeValidationError.isInstance(error) ||
    JSONParseError.isInstance(error) ||
    InvalidResponseDataError.isInstance(error)
  ) {
    return { kind: 'invalid-response', message: error.message };
  }
  if (AISDKError.isInstance(error)) return { kind: undefined, message: error.message };
  if (error instanceof Error || typeof error !== 'object' || error === null) return undefined;
  return {
    kind: undefined,
    code: codeOf({ error }),
    message: 'message' in error ? String(error.message) : undefined,
  };
}

function codeOf(data: unknown): string | undefined {
  const { error } = (data ?? {}) as { error?: { code?: unknown; type?: unknown } };
  return [error?.code, error?.type].find((word) => typeof word === 'string');
}

function toOptions(request: ChatRequest): Partial<LanguageModelV4CallOptions> {
  const { messages, tools, toolChoice, responseFormat, maxTokens } = request;
  return {
    prompt: messages.map((message) => toMessage(message, messages)),
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
    ...(responseFormat !== undefined && { responseFormat: toResponseFormat(responseFormat) }),
    ...(tools && {
      tools: tools.map((tool) => ({
        type: 'function',
        name: tool.name,
        ...(tool.description !== undefined && { description: tool.description }),
        inputSchema: parametersOf(tool),
      })),
    }),
    ...(toolChoice !== undefined && {
      toolChoice:
        typeof toolChoice === 'object' ? { type: 'tool', toolName: toolChoice.name } : { type: toolChoice },
    }),
  };
}

function toResponseFormat(format: NonNullable<ChatRequest['responseFormat']>) {
  if (format === 'text') return { type: 'text' } as const;
  if (format === 'json') return { type: 'json' } as const;
  const { schema = format, name } = format as JsonObject;
  return { type: 'json', schema: schema as JsonObject, ...(typeof name === 'string' && { name }) } as const;
}

function toMessage(message: Message, all: readonly Message[]): LanguageModelV4Message {
  if (message.role === 'system') return { role: 'system', content: textOf(message.content) };
  if (message.role === 'tool') {
    const output = { type: 'text', value: textOf(message.content) } as const;
    const { toolCallId } = message;
    return {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId, toolName: nameOf(toolCallId, all), output }],
    };
  }
  const { content } = message;
  const parts = typeof content === 'string' ? [{ type: 'text', text: content } as const] : content;
  if (message.role === 'user') {
    return {
      role: 'user',
      content: parts.map((part) => {
        if (part.type === 'text') return { type: 'text', text: part.text };
        if (part.type === 'image') return toFile(part.image, part.mediaType ?? 'image/*');
        if (part.type === 'video') return toFile(part.video, part.mediaType ?? 'video/*');
        throw new Error(`The case has a part that is not written here: ${part.type}`);
      }),
    };
  }
  return {
    role: 'assistant',
    content: parts.map((part) => {
      if (part.type === 'text' || part.type === 'reasoning') return { type: part.type, text: part.text };
      if (part.type !== 'tool-call')
        throw new Error(`The case has a part that is not written here: ${part.type}`);
      return {
        type: 'tool-call',
        toolCallId: part.id,
        toolName: part.name,
        input: JSON.parse(part.arguments),
      };
    }),
  };
}

function toFile(source: unknown, mediaType: string) {
  if (source instanceof Uint8Array)
    return { type: 'file', mediaType, data: { type: 'data', data: source } } as const;
  return { type: 'file', mediaType, data: { type: 'url', url: new URL(mediaURL(source)) } } as const;
}

function nameOf(id: string, messages: readonly Message[]): string {
  const calls = messages.flatMap(({ role, content }) =>
    role === 'assistant' && typeof content !== 'string'
      ? content.filter((part) => part.type === 'tool-call')
      : [],
  );
  return calls.find((call) => call.id === id)?.name ?? '';
}
