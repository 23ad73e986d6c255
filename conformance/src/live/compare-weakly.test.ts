import { describe, expect, test } from 'vitest';
import type { Expectation } from '../case-schema.ts';
import { loadCases } from '../load-cases.ts';
import type { Outcome } from '../outcome.ts';
import { compareWeakly } from './compare-weakly.ts';

const { cases } = loadCases();

function expectationOf(id: string): Expectation {
  const found = cases.find((testCase) => testCase.id === id);
  if (!found) throw new Error(`no case ${id}`);
  return found.expect;
}

const id = '00000000-0000-4000-8000-000000000001';

const answered: Outcome = {
  ended: 'completed',
  response: {
    text: 'Other words',
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
    requestId: id,
    model: 'another-model',
  },
};

const called: Outcome = {
  ended: 'completed',
  response: {
    ...answered.response,
    text: '',
    finishReason: 'tool-calls',
    toolCalls: [
      { id: 'call_1', name: 'get_forecast', arguments: '{"city":"Nice"}', input: { city: 'Nice' } },
    ],
  },
};

const refused: Outcome = {
  ended: 'failed',
  error: {
    kind: 'authentication',
    code: 'InvalidApiKey',
    status: 401,
    requestId: id,
    retryable: false,
    hint: 'a hint',
    message: 'other words',
  },
};

function paths(expected: string, outcome: Outcome): string[] {
  return compareWeakly([expectationOf(expected)], outcome).map(({ path }) => path);
}

test('other words, ids, counts and models are no difference', () => {
  expect(paths('dashscope/chat/text', answered)).toEqual([]);
  expect(paths('dashscope/tools/forced-call-ends-with-stop', called)).toEqual([]);
  expect(paths('dashscope/errors/rejected-key', refused)).toEqual([]);
});

test('an answer that reached its limit is an answer, one that ended by itself was not cut', () => {
  const cut: Outcome = { ...answered, response: { ...answered.response, finishReason: 'length' } };
  expect(paths('dashscope/chat/text', cut)).toEqual([]);
  expect(paths('dashscope/chat/cut-by-length', answered)).toEqual(['response.finishReason']);
});

test('the closest of several expectations counts', () => {
  const other = { ended: 'failed', error: { kind: 'billing' } } as const;
  expect(compareWeakly([other, expectationOf('dashscope/errors/rejected-key')], refused)).toEqual([]);
});

function withResponse(response: Outcome['response'], outcome = answered): Outcome {
  return { ...outcome, response: { ...outcome.response, ...response } };
}

describe('a difference is', () => {
  test.each([
    ['no text', 'dashscope/chat/text', withResponse({ text: '' }), 'response.text'],
    ['no request id', 'dashscope/chat/text', withResponse({ requestId: '' }), 'response.requestId'],
    [
      'another finish reason',
      'dashscope/chat/text',
      withResponse({ finishReason: 'other' }),
      'response.finishReason',
    ],
    [
      'a tool call that nobody asked for',
      'dashscope/chat/text',
      withResponse({ toolCalls: called.response?.toolCalls ?? [] }),
      'response.toolCalls',
    ],
    [
      'a sum that is wrong',
      'dashscope/chat/text',
      withResponse({ usage: { inputTokens: 3, outputTokens: 4, totalTokens: 8 } }),
      'response.usage.totalTokens',
    ],
    [
      'a count that is missing',
      'dashscope/chat/text',
      withResponse({ usage: { inputTokens: 3, outputTokens: undefined, totalTokens: undefined } }),
      'response.usage.outputTokens',
    ],
    [
      'more thinking than output',
      'dashscope/chat/text',
      withResponse({ usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7, reasoningTokens: 5 } }),
      'response.usage.reasoningTokens',
    ],
    ['nothing thought', 'dashscope/chat/reasoning-of-a-text-model', answered, 'response.reasoning'],
    ['no object', 'dashscope/chat/json-mode', answered, 'response.object'],
    ['no probabilities', 'dashscope/chat/logprobs', answered, 'response.logprobs'],
    [
      'no tool call',
      'dashscope/tools/forced-call-ends-with-stop',
      withResponse({ toolCalls: [] }, called),
      'response.toolCalls',
    ],
    [
      'another tool',
      'dashscope/tools/forced-call-ends-with-stop',
      withResponse({ toolCalls: [{ id: '1', name: 'none', arguments: '{}', input: {} }] }, called),
      'response.toolCalls[0].name',
    ],
    [
      'arguments that do not parse',
      'dashscope/tools/forced-call-ends-with-stop',
      withResponse(
        { toolCalls: [{ id: '1', name: 'get_forecast', arguments: '{', input: undefined }] },
        called,
      ),
      'response.toolCalls[0].input',
    ],
    ['a failure', 'dashscope/chat/text', refused, 'ended'],
    ['an answer', 'dashscope/errors/rejected-key', answered, 'ended'],
    [
      'another kind',
      'dashscope/errors/rejected-key',
      { ...refused, error: { ...refused.error, kind: 'billing' } },
      'error.kind',
    ],
    [
      'another code',
      'dashscope/errors/rejected-key',
      { ...refused, error: { ...refused.error, kind: 'authentication', code: 'Other' } },
      'error.code',
    ],
    [
      'another status',
      'dashscope/errors/rejected-key',
      { ...refused, error: { ...refused.error, kind: 'authentication', status: 403 } },
      'error.status',
    ],
    [
      'a failure to be tried again',
      'dashscope/errors/rejected-key',
      { ...refused, error: { ...refused.error, kind: 'authentication', retryable: true } },
      'error.retryable',
    ],
    [
      'a failure without a request id',
      'dashscope/errors/rejected-key',
      { ...refused, error: { ...refused.error, kind: 'authentication', requestId: undefined } },
      'error.requestId',
    ],
    [
      'a kind of event that never comes',
      'dashscope/stream/text-with-usage',
      {
        ...answered,
        events: [
          { type: 'response-start', requestId: id, model: undefined },
          { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' },
        ],
      },
      'events',
    ],
  ] as readonly (readonly [string, string, Outcome, string])[])('%s', (_, expected, outcome, path) => {
    expect(paths(expected, outcome)).toContain(path);
  });
});
