import { append } from './append.ts';
import type { AudioDeltaEvent, ChatEvent, FinishEvent } from './chat-event.ts';
import type { ChatAudio, ChatChoice, ChatResponse, CodeRun, Source, TokenLogprob } from './chat-response.ts';
import type { JsonObject } from './json.ts';
import type { AssistantMessage, AssistantPart, ToolCall } from './message.ts';
import { QwireError } from './qwire-error.ts';
import type { Usage } from './usage.ts';

export const unreportedUsage: Usage = {
  inputTokens: undefined,
  outputTokens: undefined,
  totalTokens: undefined,
};

/** Characters of a whole reply at most: as many as a reply that is not streamed can have. */
const longestReply = 64 * 1024 * 1024;

/** Gathers the events of a stream into the reply that `chat` would have given. */
export class ResponseCollector {
  #length = 0;
  #text = '';
  #reasoning = '';
  // Most replies have none of these.
  #toolCalls: ToolCall[] | undefined;
  #sources: Source[] | undefined;
  #logprobs: TokenLogprob[] | undefined;
  #codeRuns: CodeRun[] | undefined;
  #audio: ChatAudio | undefined;
  #ocrResult: JsonObject | undefined;
  #usage = unreportedUsage;
  #requestId: string | undefined;
  #model = '';
  #finish: FinishEvent | undefined;

  /** Of the answer, as far as it has said. */
  get requestId(): string | undefined {
    return this.#requestId;
  }

  /** @throws QwireError of kind `invalid-response` for what makes the reply longer than any. */
  add(event: ChatEvent): void {
    switch (event.type) {
      case 'response-start':
        this.#requestId = event.requestId;
        this.#model = event.model;
        break;
      case 'text-delta':
        this.#count(event.text);
        this.#text += event.text;
        if (event.logprobs)
          for (const logprob of event.logprobs) this.#logprobs = append(this.#logprobs, logprob);
        break;
      case 'reasoning-delta':
        this.#count(event.text);
        this.#reasoning += event.text;
        break;
      case 'tool-call-end':
        this.#toolCalls ??= [];
        this.#toolCalls.push({
          id: event.id,
          name: event.name,
          arguments: event.arguments,
          input: event.input,
        });
        break;
      case 'source':
        this.#sources = append(this.#sources, event.source);
        break;
      case 'audio-delta':
        this.#count(event.data ?? '');
        this.#audio = joinAudio(this.#audio, event);
        break;
      case 'code-run':
        this.#count(event.code);
        this.#codeRuns ??= [];
        this.#codeRuns[event.index] = { code: event.code };
        break;
      case 'ocr-result':
        this.#ocrResult = event.result;
        break;
      case 'usage':
        this.#usage = event.usage;
        break;
      case 'finish':
        this.#finish = event;
        break;
      case 'tool-call-delta':
        this.#count(event.arguments);
        break;
      case 'tool-call-start':
        break;
    }
  }

  #count(text: string): void {
    this.#length += text.length;
    if (this.#length > longestReply) throw tooLong();
  }

  response({ warnings, raw }: Pick<ChatResponse, 'warnings' | 'raw'>): ChatResponse {
    const choice = createChoice({
      text: this.#text,
      reasoning: this.#reasoning,
      toolCalls: this.#toolCalls ?? [],
      finishReason: this.#finish?.finishReason ?? 'other',
      rawFinishReason: this.#finish?.rawFinishReason,
      ...(this.#logprobs ? { logprobs: this.#logprobs } : {}),
      ...(this.#audio ? { audio: this.#audio } : {}),
      ...(this.#ocrResult ? { ocrResult: this.#ocrResult } : {}),
    });
    return createResponse([choice], {
      usage: this.#usage,
      sources: this.#sources ?? [],
      ...(this.#codeRuns ? { codeRuns: this.#codeRuns } : {}),
      warnings,
      requestId: this.#requestId,
      model: this.#model,
      raw,
    });
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
