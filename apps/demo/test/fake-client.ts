import type { ChatEvent, ChatRequest, ChatResponse, Client } from '@qwire/core';
import { QwireError } from '@qwire/core';
import { ResponseCollector } from '@qwire/core/adapter-kit';

/** What a client that needs no service was asked. */
export interface FakeClient extends Client {
  readonly requests: ChatRequest[];
  /** The signal of each request. */
  readonly signals: (AbortSignal | undefined)[];
}

/** Answers of one call: events, an error in place of the next event, or `hang` to wait until the call is aborted. */
export type FakeAnswer = readonly (ChatEvent | Error | 'hang')[];

/** A client that gives these answers, one for each call, and the last one again for all further calls. */
export function createFakeClient(wire: string, ...answers: readonly FakeAnswer[]): FakeClient {
  const requests: ChatRequest[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  return {
    wire,
    workspace: undefined,
    requests,
    signals,
    chat: () => Promise.reject(new Error('Only streams are faked')),
    embed: () => Promise.reject(new Error('Only streams are faked')),
    stream(request, { signal } = {}) {
      const answer = answers[Math.min(requests.length, answers.length - 1)] ?? [];
      requests.push(request);
      signals.push(signal);
      return {
        [Symbol.asyncIterator]: () => play(answer, signal),
        textStream: textOf(answer),
        response: () => Promise.resolve(toResponse(answer)),
      };
    },
  };
}

async function* play(answer: FakeAnswer, signal: AbortSignal | undefined): AsyncGenerator<ChatEvent, void> {
  for (const item of answer) {
    if (item instanceof Error) throw item;
    if (item === 'hang') await aborted(signal);
    else yield item;
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new QwireError('The call was aborted', { kind: 'aborted' }));
    if (signal?.aborted) fail();
    else signal?.addEventListener('abort', fail);
  });
}

async function* textOf(answer: FakeAnswer): AsyncGenerator<string, void> {
  for await (const event of play(answer, undefined)) if (event.type === 'text-delta') yield event.text;
}

function toResponse(answer: FakeAnswer): ChatResponse<never> {
  const collector = new ResponseCollector();
  for (const item of answer) if (item !== 'hang' && !(item instanceof Error)) collector.add(item);
  return collector.response({ warnings: [], raw: undefined }) as ChatResponse<never>;
}

/** A short answer, streamed in two pieces. */
export const helloAnswer: FakeAnswer = [
  { type: 'response-start', requestId: 'request-1', model: 'qwen-plus' },
  { type: 'text-delta', text: 'Hello ' },
  { type: 'text-delta', text: 'there.' },
  { type: 'usage', usage: { inputTokens: 9, outputTokens: 3, totalTokens: 12 } },
  { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' },
];

/** The model asks for the weather. */
export const weatherCallAnswer: FakeAnswer = [
  { type: 'response-start', requestId: 'request-2', model: 'qwen-plus' },
  { type: 'tool-call-start', index: 0, id: 'call_1', name: 'get_weather' },
  { type: 'tool-call-delta', index: 0, arguments: '{"city":' },
  { type: 'tool-call-delta', index: 0, arguments: '"Singapore"}' },
  {
    type: 'tool-call-end',
    index: 0,
    id: 'call_1',
    name: 'get_weather',
    arguments: '{"city":"Singapore"}',
    input: { city: 'Singapore' },
  },
  { type: 'finish', finishReason: 'tool-calls', rawFinishReason: 'tool_calls' },
];
