import {
  type CallOptions,
  type ChatCall,
  type ChatEvent,
  type Interceptor,
  type Next,
  QwireError,
  type Usage,
} from '@qwire/core';
import { createChoice, createResponse, unreportedUsage } from '@qwire/core/adapter-kit';

/** What the service does with one try: reports these tokens, or fails. */
export type Answer = number | undefined | QwireError;

interface ServiceOptions {
  readonly answer?: (text: string, tries: number) => Answer;
  /** How long each answer takes. */
  readonly latencyMs?: number;
}

export interface Sent {
  /** Milliseconds since the service began. */
  readonly at: number;
  readonly text: string;
}

/** What is below the interceptor, with what reached it and when. */
export function createService({ answer = () => undefined, latencyMs = 100 }: ServiceOptions = {}) {
  const begin = performance.now();
  const sent: Sent[] = [];
  const next: Next = async (call) => {
    const { request } = call as ChatCall;
    const text = String(request.messages[0]?.content);
    sent.push({ at: Math.round(performance.now() - begin), text });
    const given = answer(text, sent.length);
    await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (given instanceof QwireError) throw given;
    const usage = given === undefined ? unreportedUsage : { ...unreportedUsage, totalTokens: given };
    if (call.operation === 'stream') {
      return { operation: 'stream', events: events(usage), rest: () => ({ warnings: [], raw: undefined }) };
    }
    const rest = { sources: [], warnings: [], requestId: 'r', model: request.model, raw: undefined };
    return { operation: 'chat', response: createResponse([choice], { usage, ...rest }) };
  };
  return { next, sent, times: () => sent.map(({ at }) => at), texts: () => sent.map(({ text }) => text) };
}

const choice = createChoice({
  text: 'one',
  reasoning: undefined,
  toolCalls: [],
  finishReason: 'stop',
  rawFinishReason: 'stop',
});

async function* events(usage: Usage): AsyncGenerator<ChatEvent> {
  yield { type: 'text-delta', text: 'one' };
  if (usage.totalTokens !== undefined) yield { type: 'usage', usage };
}

/** Sends one call after the other through the interceptor, without waiting for their ends. */
export function createCaller(interceptor: Interceptor, next: Next) {
  const wrapped = interceptor(next);
  return (
    text = 'Hi',
    { model = 'qwen-plus', operation = 'chat' as const, ...options }: CallerOptions = {},
  ) =>
    wrapped({
      operation,
      request: { model, messages: [{ role: 'user', content: text }] },
      options,
      wire: 'toy',
      workspace: undefined,
    });
}

interface CallerOptions extends CallOptions {
  readonly model?: string;
  readonly operation?: ChatCall['operation'];
}

/** The service's refusal of too many calls. */
export function tooMany(retryAfterMs?: number): QwireError {
  return new QwireError('Requests rate limit exceeded', {
    kind: 'rate-limited',
    code: 'Throttling.RateQuota',
    status: 429,
    retryable: true,
    retryAfterMs,
  });
}

/** Tokens are the number that the text says. */
export const tokensInText = (call: { readonly request: object }) =>
  'messages' in call.request ? Number((call as ChatCall).request.messages[0]?.content) : undefined;
