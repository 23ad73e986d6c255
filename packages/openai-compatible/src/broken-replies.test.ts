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

test('bytes of a token that are no numbers are none', () => {
  const logprobs = { content: [{ token: 'Hi.', logprob: -1, bytes: ['72', null] }] };
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
