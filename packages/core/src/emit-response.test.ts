import { expect, test } from 'vitest';
import type { ChatEvent } from './chat-event.ts';
import { createChoice, createResponse, ResponseCollector, unreportedUsage } from './collect-response.ts';
import { emitResponse } from './emit-response.ts';

test('what is said as events is gathered into the same reply', () => {
  const choice = createChoice({
    text: '晴天',
    reasoning: 'Look outside.',
    toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"city":"杭州"}', input: { city: '杭州' } }],
    finishReason: 'tool-calls',
    rawFinishReason: 'tool_calls',
    logprobs: [{ token: '晴', logprob: -0.1 }],
    audio: { data: 'UklG', transcript: '晴天', id: 'audio-1' },
    ocrResult: { words: 2 },
  });
  const response = createResponse([choice], {
    codeRuns: [{ code: 'print(1)' }],
    usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7, cachedInputTokens: 1 },
    sources: [{ url: 'https://a.example', index: 1 }],
    warnings: [],
    requestId: 'r-1',
    model: 'm',
    raw: 'raw',
  });
  const collector = new ResponseCollector();
  emitResponse(response, (event) => collector.add(event));
  expect(collector.response({ warnings: [], raw: 'raw' })).toEqual(response);
});

test('nothing is said of what was not reported', () => {
  const events: ChatEvent[] = [];
  const choice = {
    text: '',
    reasoning: undefined,
    toolCalls: [],
    finishReason: 'stop',
    rawFinishReason: 'stop',
  } as const;
  const rest = { sources: [], warnings: [], requestId: undefined, model: 'm', raw: undefined };
  const response = createResponse([createChoice(choice)], { usage: unreportedUsage, ...rest });
  emitResponse(response, (event) => events.push(event));
  expect(events.map(({ type }) => type)).toEqual(['response-start', 'finish']);
});
