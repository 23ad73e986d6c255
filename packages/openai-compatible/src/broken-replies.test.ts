import type { ChatEvent } from '@qwire/core';
import { expect, test } from 'vitest';
import { openAICompatible } from './wire-format.ts';

// Replies that fuzzing found to be misread.
const head = { status: 200, headers: new Headers() };
const request = { model: 'qwen-plus', messages: [{ role: 'user', content: 'hi' }] } as const;

function readChat(choice: object) {
  const body = JSON.stringify({
    choices: [{ message: { content: 'Hi.' }, finish_reason: 'stop', ...choice }],
  });
  return openAICompatible.readChat(body, { request, head });
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
  ['null', [null, 0.5]],
  ['text', ['0.5']],
])('a vector that holds %s is no vector', (_, embedding) => {
  const body = JSON.stringify({ data: [{ embedding, index: 0 }] });
  const read = () => openAICompatible.readEmbed(body, { request: { model: 'm', input: 'hi' }, head });
  expect(read).toThrow(expect.objectContaining({ kind: 'invalid-response' }));
});

test('a tool call whose index is no place stands where it was sent', () => {
  const events: ChatEvent[] = [];
  const reader = openAICompatible.createStreamReader({ request, head, emit: (event) => events.push(event) });
  const delta = { tool_calls: [{ index: -0.5, id: 'call_1', function: { name: 'look', arguments: '{}' } }] };
  const data = JSON.stringify({ choices: [{ delta }] });
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
  const reader = openAICompatible.createStreamReader({ request, head, emit: (event) => events.push(event) });
  const data = `{"choices":[{"delta":{"content":"Hi."},"finish_reason":"stop"}],"x":${heavy}}`;
  reader.read({ data, event: '', id: '', comments: [], otherFields: [] });
  reader.end();
  expect(events.map(({ type }) => type)).toEqual(['response-start', 'text-delta', 'finish']);
});

test.each(heavyValues)('an error frame that holds something very %s keeps its kind', (_, heavy) => {
  const reader = openAICompatible.createStreamReader({ request, head, emit: () => {} });
  const data = `{"error":{"code":"Arrearage","message":"Access denied."},"x":${heavy}}`;
  const read = () => reader.read({ data, event: 'error', id: '', comments: [], otherFields: [] });
  expect(read).toThrow(expect.objectContaining({ kind: 'billing' }));
});

test('arguments that are nested too deep to be written are an invalid response', () => {
  const message = { tool_calls: [{ function: { name: 'look', arguments: 'nested' } }] };
  const body = JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }).replace('"nested"', nested);
  expect(() => openAICompatible.readChat(body, { request, head })).toThrow(
    expect.objectContaining({ kind: 'invalid-response', message: expect.stringContaining('too deep') }),
  );
});
