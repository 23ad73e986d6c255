import { ChatAlibabaTongyi } from '@langchain/community/chat_models/alibaba_tongyi';
import {
  AIMessage,
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages';
import type { CaseCall, OutcomeError } from '@qwire/conformance';
import type { ChatRequest, Message, ToolCall, Usage } from '@qwire/core';
import { addressOf, keyOf, parametersOf, requestOf, textOf } from '../../src/client-request.ts';
import { failedCall } from '../../src/end-of-call.ts';
import { createEventLog } from '../../src/event-log.ts';
import { capabilitiesExcept, type ScoredClient, type Seen } from '../../src/scored-client.ts';
import { versionOf } from '../../src/version-of.ts';

const textOnly = 'it takes messages of text only';
const noOption = 'it has no option for it';

/** LangChain's chat model for the native wire, called as its documentation shows. */
export const langchainTongyi: ScoredClient = {
  label: 'LangChain ChatAlibabaTongyi',
  exposes: {
    response: ['text', 'toolCalls', 'rawFinishReason', 'usage'],
    usage: ['inputTokens', 'outputTokens', 'totalTokens'],
    toolCalls: ['id', 'name', 'input'],
    finishReasons: 'as-sent',
    errors: {
      ofStatus: { kinds: [], members: ['message'] },
      others: { kinds: [], members: ['message'] },
    },
  },
  cannotSay({ request }) {
    const { extra } = request as unknown as ChatRequest;
    return extra === undefined ? undefined : `it has no option for ${Object.keys(extra).join(', ')}`;
  },
  driver: {
    name: '@langchain/community',
    version: versionOf('@langchain/community'),
    wireFormat: 'dashscope',
    carriers: ['loopback'],
    refusals: 'skip',
    supports: capabilitiesExcept({
      'image-input': textOnly,
      'video-input': textOnly,
      'audio-input': textOnly,
      'document-input': textOnly,
      'document-addresses': textOnly,
      'json-mode': noOption,
      'json-schema': 'it asks for it by a tool call',
      partial: noOption,
      'cache-markers': noOption,
      thinking: noOption,
      'web-search': 'its option is one of the model, and no sources are shown',
      'search-sources': noOption,
      'code-interpreter': noOption,
      translation: noOption,
      ocr: noOption,
      'audio-output': noOption,
      logprobs: noOption,
      'multiple-choices': noOption,
      embeddings: 'embeddings are not on this board',
      'embedding-options': 'embeddings are not on this board',
      'workspace-routing': 'it knows no workspaces',
    }),
    async perform(call, surroundings) {
      const { signal } = surroundings;
      const request = requestOf(call);
      const log = createEventLog(surroundings);
      const messages = request.messages.map(toMessage);
      const options = { signal, ...callOptions(request) };
      try {
        const model = createModel(call, request, addressOf(surroundings.baseURL));
        if (call.operation === 'chat') {
          return { ended: 'completed', response: readMessage(await model.invoke(messages, options)) };
        }
        const chunks: AIMessageChunk[] = [];
        for await (const chunk of await model.stream(messages, options)) {
          chunks.push(chunk);
          log.start();
          log.text(chunk.text);
          if (log.left) break;
        }
        if (signal.aborted || log.left) return { ended: 'cancelled', events: log.events() };
        return { ended: 'completed', response: readChunks(chunks), events: log.events(true) };
      } catch (error) {
        const outcome = failedCall(error, readError, surroundings);
        return call.operation === 'stream' ? { ...outcome, events: log.events() } : outcome;
      }
    },
  },
};

/** The model at the case's address, behind which it chooses the path as it does for its own regions. */
function createModel(call: CaseCall, { model, maxTokens }: ChatRequest, address: string): ChatAlibabaTongyi {
  const fields = {
    model,
    alibabaApiKey: keyOf(call),
    maxRetries: 0,
    ...(maxTokens !== undefined && { maxTokens }),
  };
  const { apiUrl } = new ChatAlibabaTongyi({ ...fields, region: 'singapore' });
  return new ChatAlibabaTongyi({
    ...fields,
    apiUrl: address + new URL(apiUrl).pathname.replace('/api/v1', ''),
  });
}

function callOptions({ tools, toolChoice, parallelToolCalls }: ChatRequest) {
  return {
    ...(tools && {
      tools: tools.map((tool) => ({
        type: 'function' as const,
        function: {
          name: tool.name,
          ...(tool.description !== undefined && { description: tool.description }),
          parameters: { ...parametersOf(tool) },
        },
      })),
    }),
    ...(toolChoice !== undefined && {
      tool_choice: typeof toolChoice === 'object' ? toolChoice.name : toolChoice,
    }),
    ...(parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
  };
}

function toMessage(message: Message): BaseMessage {
  const content = textOf(message.content);
  if (message.role === 'system') return new SystemMessage(content);
  if (message.role === 'user') return new HumanMessage(content);
  if (message.role === 'tool') return new ToolMessage({ content, tool_call_id: message.toolCallId });
  const parts = typeof message.content === 'string' ? [] : message.content;
  return new AIMessage({
    content,
    tool_calls: parts.flatMap((part) =>
      part.type === 'tool-call' ? [{ id: part.id, name: part.name, args: JSON.parse(part.arguments) }] : [],
    ),
  });
}

/**
 * What a careful caller puts together: text and tool calls by joining the chunks, counts and the reason of the end from
 * the last chunk that has them. Joining adds up the counts and glues the words together; `joined-chunks.test.ts` shows it.
 */
function readChunks(chunks: readonly AIMessageChunk[]): Seen {
  const [first, ...rest] = chunks;
  if (!first) return { text: '', toolCalls: [] };
  const joined = readMessage(rest.reduce((whole, chunk) => whole.concat(chunk), first));
  const ends = chunks.map(({ response_metadata }) => textMember(response_metadata.finish_reason));
  const counts = chunks.map(({ usage_metadata }) => usage_metadata);
  return {
    ...joined,
    rawFinishReason: ends.findLast((end) => end !== undefined),
    usage: readUsage(counts.findLast((count) => count !== undefined)),
  };
}

function readMessage(message: AIMessage | AIMessageChunk): Seen {
  const { tool_calls = [], invalid_tool_calls = [], response_metadata: metadata, usage_metadata } = message;
  const valid = tool_calls.map((made): ToolCall => ({ ...named(made), arguments: '', input: made.args }));
  const invalid = invalid_tool_calls.map(
    (made): ToolCall => ({ ...named(made), arguments: '', input: undefined }),
  );
  return {
    text: message.text,
    toolCalls: [...valid, ...invalid],
    rawFinishReason: textMember(metadata.finish_reason),
    usage: readUsage(usage_metadata),
  };
}

function named({ id, name }: { id?: string | undefined; name?: string | undefined }) {
  return { id: id ?? '', name: name ?? '' };
}

function textMember(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readUsage(
  usage: { input_tokens: number; output_tokens: number; total_tokens: number } | undefined,
): Usage {
  return {
    inputTokens: usage?.input_tokens,
    outputTokens: usage?.output_tokens,
    totalTokens: usage?.total_tokens,
  };
}

/** It has no error class: what it throws itself is of the language's most general one. */
function readError(error: unknown): OutcomeError | undefined {
  if (!(error instanceof Error) || error.constructor !== Error) return undefined;
  return { kind: undefined, message: error.message };
}
