import { expect, test } from 'vitest';
import { readChatBody } from './read-chat-body.ts';

const body = {
  workspace: 'marketing',
  wire: 'dashscope',
  model: 'qwen-plus',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'image', image: 'data:image/png;base64,AA==' },
        { type: 'text', text: '?' },
      ],
    },
    {
      role: 'assistant',
      content: [{ type: 'tool-call', id: 'call_1', name: 'get_weather', arguments: '{}', input: {} }],
    },
    { role: 'tool', toolCallId: 'call_1', content: '{}' },
  ],
  thinking: true,
  tools: ['get_weather'],
};

function errorOf(change: object): unknown {
  const result = readChatBody(JSON.stringify({ ...body, ...change }));
  return 'error' in result ? result.error : undefined;
}

test('a whole conversation is read unchanged', () => {
  expect(readChatBody(JSON.stringify(body))).toEqual({ body });
});

test('an error names the member', () => {
  expect(errorOf({ model: '' })).toMatchObject({ kind: 'invalid-request', field: 'model' });
  expect(errorOf({ messages: [] })).toMatchObject({ message: 'messages: must hold at least one message' });
  expect(errorOf({ apiKey: 'sk-own' })).toMatchObject({ message: expect.stringContaining('apiKey') });
  expect(errorOf({ messages: [{ role: 'robot', content: '' }] })).toMatchObject({ field: 'messages.0.role' });
});

test('a picture is fetched from no other kind of address', () => {
  const content = [{ type: 'image', image: 'file:///etc/passwd' }];
  expect(errorOf({ messages: [{ role: 'user', content }] })).toMatchObject({ kind: 'invalid-request' });
});

test('text that is no JSON is refused', () => {
  expect(readChatBody('{')).toMatchObject({ error: { field: 'body' } });
});
