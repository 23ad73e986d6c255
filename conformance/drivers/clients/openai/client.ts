import type { OutcomeError } from '@qwire/conformance';
import type { ChatChoice, ToolCall, Usage } from '@qwire/core';
import OpenAI, { APIConnectionError, APIError, OpenAIError } from 'openai';
import { addressOf, keyOf, requestOf } from '../../src/client-request.ts';
import { compatibleBody } from '../../src/compatible-body.ts';
import { failedCall } from '../../src/end-of-call.ts';
import { createEventLog } from '../../src/event-log.ts';
import { capabilitiesExcept, type ScoredClient, type Seen } from '../../src/scored-client.ts';
import { versionOf } from '../../src/version-of.ts';

type Delta = OpenAI.ChatCompletionChunk.Choice.Delta & Thinking;
/** Model Studio's own member, which its documentation tells callers of this package to read. */
type Thinking = { readonly reasoning_content?: string | null };

const serviceOnly = 'is no member of this client’s types, and the reply has no place for it';

/** The `openai` package, which hands on what it is given: parameters and members of Model Studio's own included. */
export const openai: ScoredClient = {
  label: 'openai',
  exposes: {
    response: [
      'text',
      'reasoning',
      'toolCalls',
      'rawFinishReason',
      'usage',
      'requestId',
      'model',
      'logprobs',
      'choices',
    ],
    usage: [
      'inputTokens',
      'outputTokens',
      'totalTokens',
      'cachedInputTokens',
      'reasoningTokens',
      'inputAudioTokens',
      'outputAudioTokens',
    ],
    toolCalls: ['id', 'name', 'arguments'],
    finishReasons: 'as-sent',
    errors: {
      ofStatus: { kinds: [], members: ['code', 'status', 'requestId', 'message'] },
      others: { kinds: ['connection'], members: ['code', 'message'] },
    },
  },
  cannotSay: () => undefined,
  driver: {
    name: 'openai',
    version: versionOf('openai'),
    wireFormat: 'openai-compatible',
    carriers: ['loopback'],
    refusals: 'skip',
    supports: capabilitiesExcept({
      translation: `translation_options ${serviceOnly}`,
      ocr: `an OCR task ${serviceOnly}`,
      'audio-output': 'audio in a stream is no member of its types',
      'search-sources': `search_info ${serviceOnly}`,
      'code-interpreter': `a code run ${serviceOnly}`,
      'cache-markers': `cache_control ${serviceOnly}`,
      embeddings: 'embeddings are not on this board',
      'embedding-options': 'embeddings are not on this board',
      'document-input': 'documents are not on this board',
      'document-addresses': 'documents are not on this board',
      'workspace-routing': 'it knows no workspaces',
    }),
    async perform(call, surroundings) {
      const { signal } = surroundings;
      const log = createEventLog(surroundings);
      const body = compatibleBody(requestOf(call)) as unknown as OpenAI.ChatCompletionCreateParams;
      try {
        const client = new OpenAI({
          apiKey: keyOf(call),
          baseURL: addressOf(surroundings.baseURL),
          maxRetries: 0,
          logLevel: 'off',
        });
        if (call.operation === 'chat') {
          const reply = client.chat.completions.create({ ...body, stream: false }, { signal });
          const { data, request_id } = await reply.withResponse();
          return { ended: 'completed', response: readCompletion(data, request_id) };
        }
        const streamed = { ...body, stream: true, stream_options: { include_usage: true } } as const;
        const { data, request_id } = await client.chat.completions
          .create(streamed, { signal })
          .withResponse();
        const answer = createAnswer(request_id);
        for await (const chunk of data) {
          log.start();
          answer.take(chunk);
          const delta: Delta | undefined = chunk?.choices?.[0]?.delta;
          log.reasoning(delta?.reasoning_content ?? '');
          log.text(delta?.content ?? '');
          if (log.left) break;
        }
        if (signal.aborted || log.left) return { ended: 'cancelled', events: log.events() };
        return { ended: 'completed', response: answer.response(), events: log.events(true) };
      } catch (error) {
        const outcome = failedCall(error, readError, surroundings);
        return call.operation === 'stream' ? { ...outcome, events: log.events() } : outcome;
      }
    },
  },
};

function readError(error: unknown): OutcomeError | undefined {
  if (!(error instanceof OpenAIError)) return undefined;
  const { message } = error;
  if (error instanceof APIConnectionError) return { kind: 'connection', message };
  if (!(error instanceof APIError)) return { kind: undefined, message };
  const { code, type, status, requestID } = error;
  return { kind: undefined, message, code: code ?? type, status, requestId: requestID ?? undefined };
}

/** A reply is handed on whatever it is, so any member of it may be missing. */
function readCompletion(completion: Partial<OpenAI.ChatCompletion>, requestId: string | null): Seen {
  const sorted = [...(completion.choices ?? [])].sort((a, b) => a.index - b.index);
  const choices = sorted.map(readChoice);
  return {
    text: '',
    ...choices[0],
    choices: choices as unknown as readonly ChatChoice[],
    usage: readUsage(completion.usage),
    ...(completion.model !== undefined && { model: completion.model }),
    requestId: requestId ?? undefined,
  };
}

function readChoice({ message, finish_reason, logprobs }: OpenAI.ChatCompletion.Choice): Partial<ChatChoice> {
  return {
    text: message.content ?? '',
    reasoning: (message as Thinking).reasoning_content || undefined,
    toolCalls: (message.tool_calls ?? []).flatMap((call) =>
      call.type === 'function'
        ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments, input: undefined }]
        : [],
    ),
    rawFinishReason: finish_reason,
    ...(logprobs?.content && { logprobs: readLogprobs(logprobs.content) }),
  };
}

function readLogprobs(
  tokens: readonly OpenAI.ChatCompletionTokenLogprob[],
): NonNullable<ChatChoice['logprobs']> {
  return tokens.map(({ token, logprob, bytes, top_logprobs: top }) => ({
    token,
    logprob: logprob ?? undefined,
    ...(bytes && { bytes }),
    ...(top.length > 0 && {
      top: top.map((other) => ({
        token: other.token,
        logprob: other.logprob ?? undefined,
        ...(other.bytes && { bytes: other.bytes }),
      })),
    }),
  }));
}

function readUsage(usage: OpenAI.CompletionUsage | null | undefined): Usage {
  return withoutMissing({
    inputTokens: usage?.prompt_tokens,
    outputTokens: usage?.completion_tokens,
    totalTokens: usage?.total_tokens,
    cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens,
    inputAudioTokens: usage?.prompt_tokens_details?.audio_tokens,
    reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens,
    outputAudioTokens: usage?.completion_tokens_details?.audio_tokens,
  });
}

function withoutMissing(usage: { readonly [key in keyof Usage]?: number | undefined }): Usage {
  return Object.fromEntries(
    Object.entries(usage).filter(([, count]) => count !== undefined && count !== null),
  ) as unknown as Usage;
}

/** What a caller of this package puts together from the chunks, which it leaves to them. */
function createAnswer(requestId: string | null) {
  const calls: { id: string; name: string; arguments: string }[] = [];
  const tokens: OpenAI.ChatCompletionTokenLogprob[] = [];
  let [text, reasoning, model] = ['', '', ''];
  let finishReason: string | undefined;
  let usage: OpenAI.CompletionUsage | null | undefined;
  return {
    take(chunk: Partial<OpenAI.ChatCompletionChunk> | null): void {
      usage = chunk?.usage ?? usage;
      model ||= chunk?.model ?? '';
      const choice = chunk?.choices?.[0];
      if (!choice) return;
      const delta: Delta = choice.delta ?? {};
      text += delta.content ?? '';
      reasoning += delta.reasoning_content ?? '';
      finishReason = choice.finish_reason ?? finishReason;
      tokens.push(...(choice.logprobs?.content ?? []));
      for (const piece of delta.tool_calls ?? []) {
        calls[piece.index] ??= { id: '', name: '', arguments: '' };
        const call = calls[piece.index] as { id: string; name: string; arguments: string };
        call.id ||= piece.id ?? '';
        call.name ||= piece.function?.name ?? '';
        call.arguments += piece.function?.arguments ?? '';
      }
    },
    response(): Seen {
      return {
        text,
        reasoning: reasoning || undefined,
        toolCalls: calls.map((call): ToolCall => ({ ...call, input: undefined })),
        rawFinishReason: finishReason,
        usage: readUsage(usage),
        model,
        requestId: requestId ?? undefined,
        ...(tokens.length > 0 && { logprobs: readLogprobs(tokens) }),
      };
    },
  };
}
