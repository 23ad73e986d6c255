import type { ChatEvent } from '@qwire/core';
import { expect, test } from 'vitest';
import { dashscope } from './wire-format.ts';

// Replies that fuzzing found to be misread.
const head = { status: 200, headers: new Headers() };
const request = { model: 'qwen-plus', messages: [{ role: 'user', content: 'hi' }] } as const;

function readChat(choice: object) {
  const choices = [{ message: { content: 'Hi.' }, finish_reason: 'stop', ...choice }];
  return dashscope.readChat(JSON.stringify({ output: { choices } }), { request, head });
}

test.each(['constructor', 'toString', '__proto__'])(
  'the finish reason %s is one that nobody knows',
  (raw) => {
    expect(readChat({ finish_reason: raw })).toMatchObject({ finishReason: 'other', rawFinishReason: raw });
  },
);

test.each([[['72', null]], [[72.5]], [[-1]], [[1e54]]])('bytes of a token that are %j are none', (bytes) => {
  const logprobs = { content: [{ token: 'Hi.', logprob: -1, bytes }] };
  expect(readChat({ logprobs }).logprobs).toEqual([{ token: 'Hi.', logprob: -1 }]);
});

test.each([
  ['null', { embedding: [null, 0.5] }],
  ['text', { embedding: ['0.5'] }],
  ['null beside a sparse one', { embedding: [null], sparse_embedding: [{ index: 1, value: 0.5 }] }],
])('a vector that holds %s is no vector', (_, vectors) => {
  const body = JSON.stringify({ output: { embeddings: [{ text_index: 0, ...vectors }] } });
  const read = () => dashscope.readEmbed(body, { request: { model: 'm', input: 'hi' }, head });
  expect(read).toThrow(expect.objectContaining({ kind: 'invalid-response' }));
});

test('a tool call whose index is no place stands where it was sent', () => {
  const events: ChatEvent[] = [];
  const reader = dashscope.createStreamReader({ request, head, emit: (event) => events.push(event) });
  const message = {
    tool_calls: [{ index: -0.5, id: 'call_1', function: { name: 'look', arguments: '{}' } }],
  };
  const data = JSON.stringify({ output: { choices: [{ message }] } });
  reader.read({ data, event: '', id: '', comments: [], otherFields: [] });
  expect(events[1]).toMatchObject({ type: 'tool-call-start', index: 0 });
});

const nested = `${'{"a":'.repeat(50_000)}0${'}'.repeat(50_000)}`;
const heavyValues = [
  ['deep', nested],
  ['long', JSON.stringify('a'.repeat(16_000_000))],
] as const;

test.each(heavyValues)('a frame that holds something very %s is read like any', (_, heavy) => {
  const events: ChatEvent[] = [];
  const reader = dashscope.createStreamReader({ request, head, emit: (event) => events.push(event) });
  const data = `{"output":{"choices":[{"message":{"content":"Hi."},"finish_reason":"stop"}]},"x":${heavy}}`;
  reader.read({ data, event: '', id: '', comments: [], otherFields: [] });
  reader.end();
  expect(events.map(({ type }) => type)).toEqual(['response-start', 'text-delta', 'finish']);
});

test.each(heavyValues)('an error frame that holds something very %s keeps its kind', (_, heavy) => {
  const reader = dashscope.createStreamReader({ request, head, emit: () => {} });
  const data = `{"error":{"code":"Arrearage","message":"Access denied."},"x":${heavy}}`;
  const read = () => reader.read({ data, event: 'error', id: '', comments: [], otherFields: [] });
  expect(read).toThrow(expect.objectContaining({ kind: 'billing' }));
});

test('arguments that are nested too deep to be written are an invalid response', () => {
  const message = { tool_calls: [{ function: { name: 'look', arguments: 'nested' } }] };
  const body = JSON.stringify({ output: { choices: [{ message, finish_reason: 'stop' }] } }).replace(
    '"nested"',
    nested,
  );
  expect(() => dashscope.readChat(body, { request, head })).toThrow(
    expect.objectContaining({ kind: 'invalid-response', message: expect.stringContaining('too deep') }),
  );
});
