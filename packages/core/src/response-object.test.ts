import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import type { ResponseFormat } from './chat-request.ts';
import { createChoice, createResponse, unreportedUsage } from './collect-response.ts';
import type { FinishReason } from './finish-reason.ts';
import { namedSchema, withObject } from './response-object.ts';

const city = z.object({ city: z.string() });

function read<T>(text: string, responseFormat: ResponseFormat<T>, finishReason: FinishReason = 'stop') {
  const toolCalls = finishReason === 'tool-calls' ? [{ id: '', name: 'f', arguments: '{}', input: {} }] : [];
  const choice = createChoice({
    text,
    reasoning: undefined,
    toolCalls,
    finishReason,
    rawFinishReason: undefined,
  });
  const response = createResponse([choice], {
    usage: unreportedUsage,
    sources: [],
    warnings: [],
    requestId: 'r-1',
    model: 'm',
    raw: undefined,
  });
  return withObject(response, { model: 'm', messages: [], responseFormat });
}

test('a Standard Schema checks and types the object', async () => {
  const reply = await read('{"city":"杭州"}', city);
  expectTypeOf(reply.object).toEqualTypeOf<{ city: string } | undefined>();
  expect(reply.object).toEqual({ city: '杭州' });
});

test('JSON mode and a JSON Schema give the parsed object', async () => {
  expect((await read('{"a":1}', 'json')).object).toEqual({ a: 1 });
  expect((await read('{"a":1}', { type: 'object' })).object).toEqual({ a: 1 });
  expect((await read('{"a":1}', { schema: { type: 'object' }, name: 'a' })).object).toEqual({ a: 1 });
});

test('text and tool calls have no object', async () => {
  expect(await read('{"a":1}', 'text')).not.toHaveProperty('object');
  expect(await read('', city, 'tool-calls')).not.toHaveProperty('object');
});

test('what is not of the schema is an error that names the member and keeps the text', async () => {
  await expect(read('{"city":7}', city)).rejects.toMatchObject({
    kind: 'invalid-response',
    message: expect.stringContaining('city: '),
    text: '{"city":7}',
    requestId: 'r-1',
  });
});

test('JSON that was cut off is an error that says so and keeps the text', async () => {
  await expect(read('{"city":"Hang', city, 'length')).rejects.toMatchObject({
    kind: 'invalid-response',
    message: expect.stringContaining('cut off'),
    hint: expect.stringContaining('maxTokens'),
    text: '{"city":"Hang',
  });
});

test('every form of a schema has one long form', () => {
  expect(namedSchema('json')).toBeUndefined();
  expect(namedSchema(city)).toEqual({ schema: city });
  expect(namedSchema({ type: 'object' })).toEqual({ schema: { type: 'object' } });
  expect(namedSchema({ schema: city, name: 'city' })).toEqual({ schema: city, name: 'city' });
});
