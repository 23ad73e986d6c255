import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatAudio, ChatChoice, ChatEvent, ChatResponse, EmbedResponse, Usage } from '@qwire/core';
import { capabilityKeys, errorKinds } from '@qwire/core';
import { expect, test } from 'vitest';
import { readChildLine } from './child-messages.ts';
import type { Outcome, OutcomeError } from './outcome.ts';
import { packageRoot } from './package-root.ts';

const usage: Required<Usage> = {
  inputTokens: 1,
  outputTokens: 2,
  totalTokens: 3,
  cachedInputTokens: 4,
  cacheCreationInputTokens: 5,
  reasoningTokens: 6,
  inputTextTokens: 7,
  inputImageTokens: 8,
  inputVideoTokens: 9,
  inputAudioTokens: 10,
  outputTextTokens: 11,
  outputAudioTokens: 12,
  cacheCreation5mInputTokens: 13,
  cacheCreation1hInputTokens: 14,
  cacheType: 'ephemeral',
  webSearches: 15,
  imageSearches: 16,
  codeInterpreterRuns: 17,
};
const call = { id: 'call_1', name: 'f', arguments: '{}', input: {} };
const source = { index: 1, url: 'https://example.com', title: 'A', siteName: 'B' };
const audio: Required<ChatAudio> = { data: 'AA==', transcript: 'a', id: 'i', url: 'u', expiresAt: 1 };
const logprobs = [{ token: 'a', logprob: -1, bytes: [97], top: [{ token: 'b', logprob: -2 }] }];

// One of each of core's words: these tables do not compile when core has learned one that they lack.

const events: { readonly [type in ChatEvent['type']]: Extract<ChatEvent, { type: type }> } = {
  'response-start': { type: 'response-start', requestId: 'r', model: 'm' },
  'text-delta': { type: 'text-delta', text: 'a', logprobs },
  'reasoning-delta': { type: 'reasoning-delta', text: 'a' },
  'tool-call-start': { type: 'tool-call-start', index: 0, id: 'call_1', name: 'f' },
  'tool-call-delta': { type: 'tool-call-delta', index: 0, arguments: '{}' },
  'tool-call-end': { type: 'tool-call-end', index: 0, ...call },
  source: { type: 'source', source },
  'audio-delta': { type: 'audio-delta', ...audio },
  'code-run': { type: 'code-run', index: 0, code: 'print()' },
  'ocr-result': { type: 'ocr-result', result: { words: ['a'] } },
  usage: { type: 'usage', usage },
  finish: { type: 'finish', finishReason: 'stop', rawFinishReason: 'stop' },
};

const choice: Required<ChatChoice> = {
  text: 'a',
  reasoning: 'b',
  toolCalls: [call],
  message: { role: 'assistant', content: 'a' },
  finishReason: 'stop',
  rawFinishReason: 'stop',
  logprobs,
  audio,
  ocrResult: { words: ['a'] },
};

const response: Required<Omit<ChatResponse & EmbedResponse, 'raw'>> = {
  ...choice,
  choices: [choice],
  embeddings: [{ index: 0, vector: [0.5], sparse: [{ index: 1, value: 0.5, token: 'a' }] }],
  codeRuns: [{ code: 'print()' }],
  object: { a: null },
  usage,
  sources: [source],
  warnings: [{ field: 'seed', message: 'x' }],
  requestId: 'r',
  model: 'm',
};

const error: Required<OutcomeError> = {
  kind: 'timeout',
  code: 'c',
  status: 504,
  requestId: 'r',
  retryable: true,
  hint: 'h',
  message: 'm',
  timeout: 'totalMs',
  field: 'f',
  workspace: 'w',
  retryAfterMs: 1,
  text: 't',
  rendered: 'x',
};

function read(outcome: unknown): unknown {
  const message = readChildLine(JSON.stringify({ type: 'outcome', id: 1, outcome }));
  return 'outcome' in message ? message.outcome : undefined;
}

test('every word of core can be said', () => {
  const outcome: Outcome = { ended: 'completed', events: Object.values(events), response, error };
  expect(read(outcome)).toEqual(outcome);
});

test('the description of the protocol names every word', () => {
  const [, section = ''] = readFileSync(join(packageRoot, 'README.md'), 'utf8').split(
    '### A client in any language',
  );
  const words = [...capabilityKeys, ...errorKinds, ...[events, response, error, usage].flatMap(Object.keys)];
  expect(words.filter((word) => !section.includes(`\`${word}\``))).toEqual([]);
});

test('null says the same as a member that is left out', () => {
  expect(
    read({
      ended: 'completed',
      events: null,
      response: { text: 'a', reasoning: null, usage: { inputTokens: 1, outputTokens: null } },
      error: null,
    }),
  ).toEqual({ ended: 'completed', response: { text: 'a', usage: { inputTokens: 1 } } });
});

test.each([
  ['a kind that is none', { ended: 'failed', error: { kind: 'bad' } }, 'outcome.error.kind: Invalid option'],
  ['a failure without its kind', { ended: 'failed', error: {} }, 'outcome.error.kind: Invalid option'],
  [
    'a member that is misspelled',
    { ended: 'completed', response: { usage: { input_tokens: 1 } } },
    'outcome.response.usage.input_tokens: is not known here',
  ],
  [
    'an event that is none',
    { ended: 'completed', events: [{ type: 'delta' }] },
    'outcome.events[0].type: Invalid',
  ],
  [
    'a count that is text',
    { ended: 'completed', response: { usage: { inputTokens: '1' } } },
    'outcome.response.usage.inputTokens: Invalid input: expected number',
  ],
])('%s is refused by its path', (_, outcome, message) => {
  expect(() => read(outcome)).toThrow(message);
});

test('a long line is shown by its beginning', () => {
  expect(() => readChildLine('x'.repeat(1000))).toThrow(/: x{200}…$/);
});
