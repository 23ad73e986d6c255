import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import type { ChatResponse } from '../chat-response.ts';
import type { Client } from '../client.ts';
import type { ToolCall } from '../message.ts';
import { createFakeClient } from './fake-client.fixture.ts';
import { runTools } from './run-tools.ts';
import { defineTool, type RunnableTool } from './runnable-tool.ts';
import type { ToolRunEvent, ToolRunRequest } from './tool-run.ts';

const city = z.object({ city: z.string(), days: z.coerce.number().default(1) });

test('a Standard Schema types the input by what it makes of the arguments', () => {
  const tool = defineTool({
    name: 'weather',
    parameters: city,
    execute: (input, { signal, call }) => {
      expectTypeOf(input).toEqualTypeOf<{ city: string; days: number }>();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      expectTypeOf(call).toEqualTypeOf<ToolCall>();
      return input.city;
    },
  });
  expectTypeOf(tool).toEqualTypeOf<RunnableTool<{ city: string; days: number }>>();
  expect(tool.parameters).toBe(city);
});

test('the input is unknown with a JSON Schema, and without one', () => {
  defineTool({
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
    execute: (input) => {
      expectTypeOf(input).toEqualTypeOf<unknown>();
      return 'text';
    },
  });
  defineTool({ name: 'now', execute: (input) => expectTypeOf(input).toEqualTypeOf<unknown>() });
  expectTypeOf(defineTool({ name: 'now' })).toEqualTypeOf<RunnableTool<unknown>>();
});

test('an input of another type than the schema gives is no tool', () => {
  // @ts-expect-error -- the schema has no number n
  defineTool({ name: 'weather', parameters: city, execute: ({ n }: { n: number }) => n });
});

test('tools of different inputs make a list, and the reply has the type of its schema', () => {
  const tools = [
    defineTool({ name: 'weather', parameters: city, execute: (input) => input.city }),
    defineTool({ name: 'add', parameters: z.object({ a: z.number() }), execute: async ({ a }) => a + 1 }),
    defineTool({ name: 'raw', parameters: { type: 'object' }, execute: (input) => input }),
    { name: 'ask_user' },
  ];
  const client = createFakeClient();
  const run = runTools(
    {
      model: 'm',
      messages: [],
      tools: [...tools, { name: 'now', execute: () => 'noon' }],
      responseFormat: z.object({ sentence: z.string() }),
    },
    { client },
  );
  expectTypeOf(run.response).returns.resolves.toExtend<ChatResponse<{ sentence: string }>>();
  expectTypeOf(run).toExtend<AsyncIterable<ToolRunEvent>>();
  expectTypeOf<Client>().toExtend<Parameters<typeof runTools>[1]['client']>();
  expectTypeOf<ToolRunRequest['tools']>().toEqualTypeOf<readonly RunnableTool[]>();
  expect(client.calls).toEqual([]);
});
