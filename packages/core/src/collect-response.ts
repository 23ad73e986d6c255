import type { AudioDeltaEvent, ChatEvent } from './chat-event.ts';
import type {
  ChatAudio,
  ChatChoice,
  ChatResponse,
  CodeRun,
  Source,
  TokenLogprob,
  Warning,
} from './chat-response.ts';
import type { FinishReason } from './finish-reason.ts';
import type { JsonObject } from './json.ts';
import type { AssistantMessage, AssistantPart, ToolCall } from './message.ts';
import { QwireError } from './qwire-error.ts';
import type { Usage } from './usage.ts';

/** Gathers the events of a stream into the reply that `chat` would have given. */
export interface ResponseCollector {
  /** @throws QwireError of kind `invalid-response` for what makes the reply longer than any. */
  add(event: ChatEvent): void;
  response(rest: { readonly warnings: readonly Warning[]; readonly raw: unknown }): ChatResponse;
}

export const unreportedUsage: Usage = {
  inputTokens: undefined,
  outputTokens: undefined,
  totalTokens: undefined,
};

/** Characters of a whole reply at most: as many as a reply that is not streamed can have. */
const longestReply = 64 * 1024 * 1024;

export function createResponseCollector(): ResponseCollector {
  let length = 0;
  let text = '';
  let reasoning = '';
  const toolCalls: ToolCall[] = [];
  const sources: Source[] = [];
  const logprobs: TokenLogprob[] = [];
  const codeRuns: CodeRun[] = [];
  let audio: ChatAudio | undefined;
  let ocrResult: JsonObject | undefined;
  let usage = unreportedUsage;
  let start: { readonly requestId: string | undefined; readonly model: string } = {
    requestId: undefined,
    model: '',
  };
  let finish: { readonly finishReason: FinishReason; readonly rawFinishReason: string | undefined } = {
    finishReason: 'other',
    rawFinishReason: undefined,
  };

  return {
    add(event) {
      length += lengthOf(event);
      if (length > longestReply) throw tooLong();
      switch (event.type) {
        case 'response-start':
          start = event;
          break;
        case 'text-delta':
          text += event.text;
          for (const logprob of event.logprobs ?? []) logprobs.push(logprob);
          break;
        case 'reasoning-delta':
          reasoning += event.text;
          break;
        case 'tool-call-end':
          toolCalls.push({ id: event.id, name: event.name, arguments: event.arguments, input: event.input });
          break;
        case 'source':
          sources.push(event.source);
          break;
        case 'audio-delta':
          audio = joinAudio(audio, event);
          break;
        case 'code-run':
          codeRuns[event.index] = { code: event.code };
          break;
        case 'ocr-result':
          ocrResult = event.result;
          break;
        case 'usage':
          usage = event.usage;
          break;
        case 'finish':
          finish = event;
          break;
        case 'tool-call-start':
        case 'tool-call-delta':
          break;
      }
    },
    response({ warnings, raw }) {
      const { finishReason, rawFinishReason } = finish;
      const choice = createChoice({
        text,
        reasoning,
        toolCalls,
        finishReason,
        rawFinishReason,
        ...(logprobs.length > 0 ? { logprobs } : {}),
        ...(audio ? { audio } : {}),
        ...(ocrResult ? { ocrResult } : {}),
      });
      return createResponse([choice], {
        usage,
        sources,
        ...(codeRuns.length > 0 ? { codeRuns } : {}),
        warnings,
        requestId: start.requestId,
        model: start.model,
        raw,
      });
    },
  };
}

function lengthOf(event: ChatEvent): number {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
      return event.text.length;
    case 'tool-call-delta':
      return event.arguments.length;
    case 'audio-delta':
      return (event.data ?? '').length;
    case 'code-run':
      return event.code.length;
    default:
      return 0;
  }
}

function tooLong(): QwireError {
  return new QwireError('The service sent a reply of over 64 MB', { kind: 'invalid-response' });
}

/** A reply of one answer or several. */
export function createResponse(
  choices: readonly [ChatChoice, ...ChatChoice[]],
  rest: Omit<ChatResponse, keyof ChatChoice | 'choices'>,
): ChatResponse {
  return { ...choices[0], choices, ...rest };
}

/** Sound and transcript come in pieces; the rest is said once. */
function joinAudio(before: ChatAudio | undefined, event: AudioDeltaEvent): ChatAudio {
  const { type: _, data = '', transcript, ...rest } = event;
  const spoken = [before?.transcript, transcript].filter((piece) => piece !== undefined);
  return {
    ...before,
    ...rest,
    data: (before?.data ?? '') + data,
    ...(spoken.length > 0 ? { transcript: spoken.join('') } : {}),
  };
}

/** One finished answer with its message; empty reasoning is none. */
export function createChoice(
  answer: Omit<ChatChoice, 'message' | 'reasoning'> & { readonly reasoning: string | undefined },
): ChatChoice {
  const reasoning = answer.reasoning || undefined;
  return { ...answer, reasoning, message: assistantMessage({ ...answer, reasoning }) };
}

function assistantMessage({ text, reasoning, toolCalls }: Omit<ChatChoice, 'message'>): AssistantMessage {
  if (!reasoning && toolCalls.length === 0) return { role: 'assistant', content: text };
  const content: AssistantPart[] = [];
  if (reasoning) content.push({ type: 'reasoning', text: reasoning });
  if (text) content.push({ type: 'text', text });
  for (const call of toolCalls) content.push({ type: 'tool-call', ...call });
  return { role: 'assistant', content };
}
