import type { CaseCall, Outcome, OutcomeError, Surroundings } from '@qwire/conformance';
import type { ToolCall, Usage } from '@qwire/core';
import { generateText } from '@xsai/generate-text';
import { type StreamTextResult, streamText } from '@xsai/stream-text';
import { addressOf, keyOf, requestOf } from '../../src/client-request.ts';
import { compatibleBody } from '../../src/compatible-body.ts';
import { failedCall } from '../../src/end-of-call.ts';
import { createEventLog } from '../../src/event-log.ts';
import { capabilitiesExcept, type ScoredClient, type Seen } from '../../src/scored-client.ts';
import { versionOf } from '../../src/version-of.ts';

type Options = Parameters<typeof streamText>[0];

const noPlace = 'its result has no place for it';

/** xsai's two functions; parameters of Model Studio's own are handed on, as any that it does not know. */
export const xsai: ScoredClient = {
  label: 'xsai',
  exposes: {
    response: ['text', 'reasoning', 'toolCalls', 'rawFinishReason', 'usage'],
    usage: ['inputTokens', 'outputTokens', 'totalTokens'],
    toolCalls: ['id', 'name', 'arguments'],
    finishReasons: 'as-sent',
    errors: {
      ofStatus: { kinds: [], members: ['status', 'message'] },
      others: { kinds: [], members: ['message'] },
    },
  },
  cannotSay: ({ operation, request }) =>
    operation === 'chat' && request.tools !== undefined
      ? 'generateText runs the tools itself and asks again, so a caller does not get the call alone'
      : undefined,
  driver: {
    name: '@xsai/generate-text, @xsai/stream-text',
    version: versionOf('@xsai/stream-text'),
    wireFormat: 'openai-compatible',
    carriers: ['loopback'],
    refusals: 'skip',
    supports: capabilitiesExcept({
      'video-input': 'its messages have no films',
      logprobs: noPlace,
      'multiple-choices': noPlace,
      translation: noPlace,
      ocr: noPlace,
      'audio-output': noPlace,
      'search-sources': noPlace,
      'code-interpreter': noPlace,
      'cache-markers': 'its messages have no members of Model Studio’s own',
      partial: 'its messages have no members of Model Studio’s own',
      embeddings: 'embeddings are not on this board',
      'embedding-options': 'embeddings are not on this board',
      'document-input': 'documents are not on this board',
      'document-addresses': 'documents are not on this board',
      'workspace-routing': 'it knows no workspaces',
    }),
    perform(call, surroundings) {
      return call.operation === 'chat' ? generate(call, surroundings) : stream(call, surroundings);
    },
  },
};

async function generate(call: CaseCall, surroundings: Surroundings): Promise<Outcome> {
  try {
    const { text, reasoningText, finishReason, usage } = await generateText(optionsOf(call, surroundings));
    return {
      ended: 'completed',
      response: {
        text: text ?? '',
        reasoning: reasoningText || undefined,
        toolCalls: [],
        rawFinishReason: finishReason,
        usage: readUsage(usage),
      },
    };
  } catch (error) {
    return failedCall(error, readError, surroundings);
  }
}

async function stream(call: CaseCall, surroundings: Surroundings): Promise<Outcome> {
  const log = createEventLog(surroundings);
  try {
    const result = streamText({
      ...optionsOf(call, surroundings),
      streamOptions: { includeUsage: true },
    });
    heed(result);
    for await (const event of result.fullStream) {
      log.start();
      if (event.type === 'reasoning-delta') log.reasoning(event.text);
      if (event.type === 'text-delta') log.text(event.text);
      if (event.type === 'error') throw event.error;
      if (log.left) break;
    }
    if (surroundings.signal.aborted || log.left) return { ended: 'cancelled', events: log.events() };
    return { ended: 'completed', response: await readSteps(result), events: log.events(true) };
  } catch (error) {
    return { ...failedCall(error, readError, surroundings), events: log.events() };
  }
}

/**
 * Listens to every promise of a result. A caller who reads only the stream leaves them alone, and a stream that fails
 * then ends the process: what a careful caller sees is described here, and that is shown by `unheard.test.ts`.
 */
function heed({ messages, steps, totalUsage, usage }: StreamTextResult): void {
  for (const promise of [messages, steps, totalUsage, usage]) promise.catch(() => {});
}

async function readSteps(result: StreamTextResult): Promise<Seen> {
  const [step] = await result.steps;
  const reasoning = (await result.messages)
    .map((message) => (message.role === 'assistant' ? (message.reasoning_content ?? '') : ''))
    .at(-1 - (step?.toolResults.length ?? 0));
  return {
    text: step?.text ?? '',
    reasoning: reasoning || undefined,
    toolCalls: (step?.toolCalls ?? []).map(
      (made): ToolCall => ({
        id: made.toolCallId,
        name: made.toolName,
        arguments: made.args,
        input: undefined,
      }),
    ),
    rawFinishReason: step?.finishReason,
    usage: readUsage(step?.usage),
  };
}

function readUsage(
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | undefined,
): Usage {
  return {
    inputTokens: usage?.prompt_tokens ?? undefined,
    outputTokens: usage?.completion_tokens ?? undefined,
    totalTokens: usage?.total_tokens ?? undefined,
  };
}

/** Its own errors are of one class that is not exported, or of the language's most general one. */
function readError(error: unknown): OutcomeError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'XSAIError') {
    const { response } = error as Error & { response?: Response };
    return { kind: undefined, message: error.message, status: response?.ok ? undefined : response?.status };
  }
  return error.constructor === Error ? { kind: undefined, message: error.message } : undefined;
}

function optionsOf(call: CaseCall, { baseURL, signal }: Surroundings): Options {
  const { tools, ...body } = compatibleBody(requestOf(call)) as { tools?: readonly object[] };
  const options = {
    ...body,
    ...(tools && { tools: tools.map((tool) => ({ ...tool, execute: () => '' })) }),
    apiKey: keyOf(call),
    baseURL: addressOf(baseURL),
    abortSignal: signal,
  };
  return options as unknown as Options;
}
