import type { Call, CallResult, ChatEvent, ChatRequest, ChatResponse, Next, Warning } from '@qwire/core';
import { createChoice, createResponse, unreportedUsage } from '@qwire/core/adapter-kit';
import { type RepairOptions, repairRequests } from './repair-requests.ts';

const events: readonly ChatEvent[] = [
  { type: 'response-start', requestId: 'req-1', model: 'm' },
  { type: 'reasoning-delta', text: 'Hm.' },
  { type: 'text-delta', text: 'Hel' },
  { type: 'text-delta', text: 'lo' },
  { type: 'usage', usage: { ...unreportedUsage, outputTokens: 3 } },
  { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' },
];

const own: Warning = { field: 'search', message: 'Said by the wire' };

/** Answers every call, and remembers them. */
export function createFakeService(): { readonly calls: Call[]; readonly next: Next } {
  const calls: Call[] = [];
  return {
    calls,
    next: async (call) => {
      calls.push(call);
      return answer(call, calls.length);
    },
  };
}

function answer(call: Call, count: number): CallResult {
  switch (call.operation) {
    case 'chat':
      return { operation: 'chat', response: reply() };
    case 'stream':
      return { operation: 'stream', events: stream(), rest: () => ({ warnings: [own], raw: 'last frame' }) };
    case 'embed': {
      const texts = [call.request.input].flat();
      return {
        operation: 'embed',
        response: {
          embeddings: texts.map((text, index) => ({ index, vector: [text.length] })),
          usage: { ...unreportedUsage, inputTokens: texts.length, totalTokens: texts.length },
          warnings: [own],
          requestId: `req-${count}`,
          model: call.request.model,
          raw: { call: count },
        },
      };
    }
    case 'other':
      return { operation: 'other', response: call.name };
  }
}

async function* stream(): AsyncGenerator<ChatEvent, void, undefined> {
  yield* events;
}

function reply(): ChatResponse {
  const choice = createChoice({
    text: 'Hello',
    reasoning: undefined,
    toolCalls: [],
    finishReason: 'stop',
    rawFinishReason: 'stop',
  });
  const rest = {
    usage: unreportedUsage,
    sources: [],
    warnings: [own],
    requestId: 'req-1',
    model: 'm',
    raw: {},
  };
  return createResponse([choice], rest);
}

const context = { options: {}, wire: 'fake', workspace: undefined };

/** What is sent for a chat request, and what is warned of beside the wire's own warning. */
export async function repairChat(
  operation: 'chat' | 'stream',
  request: Omit<ChatRequest, 'messages'> & Partial<Pick<ChatRequest, 'messages'>>,
  options: RepairOptions = {},
) {
  const { calls, next } = createFakeService();
  const complete: ChatRequest = { messages: [{ role: 'user', content: 'Hi' }], ...request };
  const result = await repairRequests(options)(next)({ operation, request: complete, ...context });
  const warnings = (await readWarnings(result)).slice(0, -1);
  return {
    sent: calls.map((call) => call.request),
    operations: calls.map((call) => call.operation),
    warnings,
    result,
  };
}

async function readWarnings(result: CallResult): Promise<readonly Warning[]> {
  if (result.operation === 'other') return [];
  if (result.operation !== 'stream') return result.response.warnings;
  for await (const _ of result.events);
  return result.rest().warnings;
}
