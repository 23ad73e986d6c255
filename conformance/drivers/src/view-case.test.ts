import { type ConformanceCase, judge, loadCases, type Observation, type Outcome } from '@qwire/conformance';
import { expect, test } from 'vitest';
import { openai } from '../clients/openai/client.ts';
import { qwireOpenAICompatible } from '../clients/qwire-openai-compatible/client.ts';
import type { ScoredClient } from './scored-client.ts';
import { viewCase } from './view-case.ts';

const { cases } = loadCases();

function caseOf(behavior: string): ConformanceCase {
  const found = cases.find(({ id }) => id === `openai-compatible/${behavior}`);
  if (!found) throw new Error(`There is no case of ${behavior}`);
  return { ...found, exchanges: found.exchanges.map(({ request, reply }) => ({ request, reply })) };
}

/** The paths that differ when this is seen, and what is not shown. */
function look({ driver, exposes }: ScoredClient, behavior: string, outcome: Outcome) {
  const testCase = caseOf(behavior);
  const observation: Observation = {
    outcome,
    thrown: undefined,
    seen: [],
    unmatched: [],
    prefix: undefined,
    durationMs: 1,
  };
  const view = viewCase(testCase, observation, exposes);
  const { differences } = judge(view.testCase, view.observation, { driver, deviation: undefined });
  const paths = differences.map(({ path }) => path).filter((path) => !path.startsWith('requests'));
  return { paths, unseen: view.unseen };
}

const refused = { code: 'invalid_api_key', status: 401, message: 'Incorrect API key provided.' };

test('a client whose errors have no kinds may give any error of its own', () => {
  const seen: Outcome = { ended: 'failed', error: { kind: undefined, ...refused } };
  expect(look(openai, 'errors/rejected-key', seen).paths).toEqual([]);
  expect(look(openai, 'errors/rejected-key', seen).unseen).toContain('error.kind');
});

test('a crash is no error of its own, and neither is one of another kind', () => {
  for (const kind of ['crash', 'connection'] as const) {
    const seen: Outcome = { ended: 'failed', error: { kind, ...refused } };
    expect(look(openai, 'errors/rejected-key', seen).paths).toEqual(['error.kind']);
  }
});

test('a client that tells the kind is held to it', () => {
  const seen: Outcome = { ended: 'failed', error: { kind: undefined, ...refused, retryable: false } };
  expect(look(qwireOpenAICompatible, 'errors/rejected-key', seen)).toEqual({
    paths: ['error.kind'],
    unseen: [],
  });
});

test('a code that the client shows is compared', () => {
  const seen: Outcome = { ended: 'failed', error: { kind: undefined, ...refused, code: undefined } };
  expect(look(openai, 'errors/rejected-key', seen).paths).toEqual(['error.code']);
});

const answer = {
  text: 'I am Qwen, a language model that answers in many languages.',
  toolCalls: [],
  rawFinishReason: 'stop',
  usage: { inputTokens: 22, outputTokens: 13, totalTokens: 35 },
  model: 'qwen-plus',
} satisfies Outcome['response'];

test('a detail of 0 is the same as one that is missing, and the service’s word for the end is enough', () => {
  expect(look(openai, 'chat/text', { ended: 'completed', response: answer }).paths).toEqual([]);
});

test('a sum of 0 is a difference', () => {
  const usage = { ...answer.usage, outputTokens: 0 };
  const seen: Outcome = { ended: 'completed', response: { ...answer, usage } };
  expect(look(openai, 'chat/text', seen).paths).toEqual(['response.usage.outputTokens']);
});

test('how a client says that its caller left does not matter, what had arrived does', () => {
  const events = (text: string) => [
    { type: 'response-start', requestId: undefined, model: '' } as const,
    { type: 'text-delta', text } as const,
  ];
  const behavior = 'endings/abort-after-text';
  const [expected] = (caseOf(behavior).expect.events ?? []).filter((event) => event.type === 'text-delta');
  const arrived = expected?.text ?? '';
  expect(look(openai, behavior, { ended: 'cancelled', events: events(arrived) }).paths).toEqual([]);
  expect(look(openai, behavior, { ended: 'cancelled', events: events('else') }).paths).toEqual([
    'events[1].text',
  ]);
});
