import type { ChatRequest, Message } from '@qwire/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { repairChat } from './fake-service.fixture.ts';
import { schemaInWords } from './schema-in-words.ts';

const schema = { type: 'object', properties: { n: { type: 'integer' } } } as const;
const words = `Answer with JSON that fits this JSON Schema, and with nothing else.\n${JSON.stringify(schema)}`;
const question: Message = { role: 'user', content: 'How many?' };

function messagesOf(request: Partial<ChatRequest>): readonly Message[] {
  return schemaInWords({ model: 'm', messages: [question], responseFormat: schema, ...request }).messages;
}

test('a model without JSON Schema mode is asked in words, with a warning', async () => {
  const { sent, warnings } = await repairChat('chat', {
    model: 'qwen-turbo',
    responseFormat: schema,
    messages: [question],
  });
  expect(sent).toEqual([
    { model: 'qwen-turbo', responseFormat: 'json', messages: [{ role: 'system', content: words }, question] },
  ]);
  expect(warnings).toEqual([
    {
      field: 'responseFormat',
      message:
        'qwen-turbo has no JSON Schema mode; JSON mode is used, and the schema is told in the system message',
    },
  ]);
});

test('strictly, it is refused', async () => {
  const call = repairChat('stream', { model: 'qwen-turbo', responseFormat: schema }, { strict: true });
  await expect(call).rejects.toMatchObject({
    kind: 'invalid-request',
    message:
      'responseFormat: qwen-turbo has no JSON Schema mode; use "json" and describe the shape in a message',
  });
});

test('the words follow what the system message says', () => {
  expect(messagesOf({ messages: [{ role: 'system', content: 'Be brief.' }, question] })).toEqual([
    { role: 'system', content: `Be brief.\n\n${words}` },
    question,
  ]);
});

test('the words follow parts, whose cache markers stay', () => {
  const marked = { type: 'text', text: 'Be brief.', cache: true } as const;
  expect(messagesOf({ messages: [{ role: 'system', content: [marked] }, question] })).toEqual([
    { role: 'system', content: [marked, { type: 'text', text: `\n\n${words}` }] },
    question,
  ]);
});

test('documents keep their message to themselves', () => {
  const documents: Message = { role: 'system', content: [{ type: 'document', document: 'fileid://file-1' }] };
  expect(messagesOf({ messages: [documents, question] })).toEqual([
    { role: 'system', content: words },
    documents,
    question,
  ]);
});

test('a Standard Schema is printed, and a description told', () => {
  const [first] = messagesOf({
    responseFormat: { schema: z.object({ n: z.int() }), name: 'count', description: 'A count of letters.' },
  });
  const [ask, description, printed = ''] = String(first?.content).split('\n');
  expect([ask, description]).toEqual([words.split('\n')[0], 'A count of letters.']);
  expect(JSON.parse(printed)).toMatchObject({ type: 'object', required: ['n'] });
  expect(printed).not.toContain('$schema');
});
