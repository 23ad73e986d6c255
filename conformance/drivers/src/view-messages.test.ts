import { expect, test } from 'vitest';
import { alikeMessages, viewBody } from './view-messages.ts';

const question = { role: 'user', content: 'Who are you?' };

function alike(expected: object, actual: object): boolean {
  const wanted = viewBody(expected) as { messages?: unknown };
  return (alikeMessages(wanted, viewBody(actual)) as { messages?: unknown }).messages === wanted.messages;
}

test('text as a string and as parts is the same', () => {
  const parts = { role: 'user', content: [{ type: 'text', text: 'Who ' }, { text: 'are you?' }] };
  expect(viewBody({ model: 'm', messages: [parts] })).toEqual({ model: 'm', messages: [question] });
});

test('messages of the native wire are found where it has them', () => {
  expect(viewBody({ model: 'm', input: { messages: [question] }, parameters: {} })).toEqual({
    model: 'm',
    messages: [question],
  });
});

test('what a client adds is its own affair', () => {
  const instructed = [
    { role: 'system', content: 'Answer in JSON.' },
    { ...question, name: 'me' },
  ];
  expect(alike({ messages: [question] }, { messages: instructed })).toBe(true);
  const longer = [{ role: 'user', content: 'Who are you? Answer in JSON.' }];
  expect(alike({ messages: [question] }, { messages: longer })).toBe(true);
});

test.each([
  ['a message that is missing', []],
  ['other text', [{ role: 'user', content: 'Who is she?' }]],
  ['another role', [{ role: 'system', content: 'Who are you?' }]],
])('%s is a difference', (_, messages) => {
  expect(alike({ messages: [question] }, { messages })).toBe(false);
});

test('messages in another order are a difference', () => {
  const answer = { role: 'assistant', content: 'Qwen.' };
  expect(alike({ messages: [question, answer] }, { messages: [answer, question] })).toBe(false);
});

test('arguments of tool calls are the same as JSON, and null is not empty text', () => {
  const call = (text: string, extra = {}) => ({
    role: 'assistant',
    content: '',
    tool_calls: [{ id: '1', type: 'function', ...extra, function: { name: 'weather', arguments: text } }],
  });
  expect(alike({ messages: [call('{"a": 1}', { index: 0 })] }, { messages: [call('{"a":1}')] })).toBe(true);
  expect(alike({ messages: [call('{"a": 1}')] }, { messages: [call('{"a":2}')] })).toBe(false);
  expect(alike({ messages: [call('{}')] }, { messages: [{ ...call('{}'), content: null }] })).toBe(false);
});
