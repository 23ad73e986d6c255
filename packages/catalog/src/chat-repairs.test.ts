import type { ChatRequest } from '@qwire/core';
import { describe, expect, test } from 'vitest';
import { chatRepairs } from './chat-repairs.ts';
import { type CatalogOptions, createCatalog } from './create-catalog.ts';
import { createFakeService, repairChat } from './fake-service.fixture.ts';
import { repairRequests } from './repair-requests.ts';

type Request = Parameters<typeof repairChat>[1];

const schema = { type: 'object', properties: { n: { type: 'integer' } } };
const own: CatalogOptions['overrides'] = [
  { models: 'old', facts: { completionLimit: false, maxOutputTokens: 100 } },
  { models: 'careful', facts: { thinking: 'optional', maxThinkingTokens: 500 } },
  { models: 'always*', facts: { thinking: 'always' } },
  { models: 'always-by-default', facts: { thinkingByDefault: true } },
  { models: 'no-json', facts: { jsonSchema: false, jsonMode: false } },
];
const catalog = createCatalog({ overrides: own });
const asksPartly: Request['messages'] = [
  { role: 'user', content: 'Count' },
  { role: 'assistant', content: '1, 2', partial: true },
];
const tools = [{ name: 'get_weather' }];

interface Row {
  readonly name: string;
  readonly request: Request;
  readonly changed: { readonly [Name in keyof ChatRequest]?: unknown };
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

/** Each of these holds for a reply in one piece as well as for a stream. */
const repairs: readonly Row[] = [
  {
    name: 'thinking of a model that has none is left out',
    request: { model: 'qwen3-next-80b-a3b-instruct', thinking: { budget: 10 } },
    changed: { thinking: undefined },
    field: 'thinking',
    message: 'qwen3-next-80b-a3b-instruct does not think; left out',
    fix: 'leave it out',
  },
  {
    name: 'a budget above the ceiling is lowered, and the other options stay',
    request: { model: 'careful', thinking: { budget: 501, effort: 'high' } },
    changed: { thinking: { budget: 500, effort: 'high' } },
    field: 'thinking.budget',
    message: 'careful thinks for 500 tokens at most; lowered from 501',
    fix: 'lower it to 500',
  },
  {
    name: 'a model that thinks by default does not think about JSON',
    request: {
      model: 'qwen3.6-plus',
      responseFormat: 'json',
      messages: [{ role: 'user', content: 'As JSON' }],
    },
    changed: { thinking: false },
    field: 'thinking',
    message:
      'qwen3.6-plus thinks unless told otherwise, and cannot be held to JSON while it does; switched off',
    fix: 'set it to false',
  },
  {
    name: 'a model that thinks by default does not think before it goes on',
    request: { model: 'qwen3.5-plus', messages: asksPartly },
    changed: { thinking: false },
    field: 'thinking',
    message:
      'qwen3.5-plus thinks unless told otherwise, and cannot go on from a partial message while it does; switched off',
    fix: 'set it to false',
  },
  {
    name: 'a tool that is named while the model thinks is only offered',
    request: { model: 'qwen-plus', thinking: true, tools, toolChoice: { name: 'get_weather' } },
    changed: { toolChoice: 'auto' },
    field: 'toolChoice',
    message: 'qwen-plus cannot be held to one tool while it thinks; changed to "auto"',
    fix: 'use "auto", or set thinking: false',
  },
  {
    name: 'a tool that is named while the model thinks by default is only offered',
    request: { model: 'qwen3.5-plus', tools, toolChoice: { name: 'get_weather' } },
    changed: { toolChoice: 'auto' },
    field: 'toolChoice',
    message: 'qwen3.5-plus cannot be held to one tool while it thinks; changed to "auto"',
    fix: 'use "auto", or set thinking: false',
  },
  {
    name: 'a tool that is named for a model that always thinks is only offered',
    request: { model: 'always', tools, toolChoice: { name: 'get_weather' } },
    changed: { toolChoice: 'auto' },
    field: 'toolChoice',
    message: 'always cannot be held to one tool while it thinks; changed to "auto"',
    fix: 'use "auto"',
  },
  {
    name: 'a limit of thinking and answer becomes one of the answer',
    request: { model: 'old', maxCompletionTokens: 50 },
    changed: { maxCompletionTokens: undefined, maxTokens: 50 },
    field: 'maxCompletionTokens',
    message: 'old knows maxTokens only; sent as maxTokens, which does not count thinking',
    fix: 'use that, which does not count thinking',
  },
  {
    name: 'of two limits the smaller one stays',
    request: { model: 'old', maxCompletionTokens: 50, maxTokens: 40 },
    changed: { maxCompletionTokens: undefined, maxTokens: 40 },
    field: 'maxCompletionTokens',
    message: 'old knows maxTokens only; sent as maxTokens, which does not count thinking',
    fix: 'use that, which does not count thinking',
  },
  {
    name: 'a limit above what the model can answer is lowered',
    request: { model: 'qwen-max', maxTokens: 100_000 },
    changed: { maxTokens: 8_192 },
    field: 'maxTokens',
    message: 'qwen-max answers with 8192 tokens at most; lowered from 100000',
    fix: 'lower it to 8192',
  },
];

describe.each(repairs)('$name', ({ request, changed, field, message, fix }) => {
  test.each(['chat', 'stream'] as const)('with a warning: %s', async (operation) => {
    const { sent, operations, warnings } = await repairChat(operation, request, { catalog });
    const expected = { messages: [{ role: 'user', content: 'Hi' }], ...request, ...changed };
    expect(sent).toEqual([expected]);
    expect(Object.values(sent[0] ?? {})).not.toContain(undefined);
    expect(operations).toEqual([operation]);
    expect(warnings).toEqual([{ field, message }]);
  });

  test('or strictly refused', async () => {
    const { calls, next } = createFakeService();
    const call = repairRequests({ catalog, strict: true })(next)({
      operation: 'chat',
      request: { messages: [{ role: 'user', content: 'Hi' }], ...request },
      options: {},
      wire: 'fake',
      workspace: undefined,
    });
    const problem = message.slice(0, message.lastIndexOf(';'));
    await expect(call).rejects.toMatchObject({
      kind: 'invalid-request',
      field,
      message: `${field}: ${problem}; ${fix}`,
    });
    expect(calls).toEqual([]);
  });
});

test('two repairs of one request give two warnings, in order', async () => {
  const request = { model: 'old', maxCompletionTokens: 500 };
  const { sent, warnings } = await repairChat('chat', request, { catalog });
  expect(sent).toMatchObject([{ maxTokens: 100 }]);
  expect(warnings.map(({ field }) => field)).toEqual(['maxCompletionTokens', 'maxTokens']);
});

test.each<readonly [what: string, request: Request]>([
  [
    'a model that nobody has heard of',
    { model: 'qwen9-plus', thinking: true, maxTokens: 1e9, responseFormat: schema },
  ],
  [
    'a named tool of a model that nobody has heard of',
    { model: 'qwen9-plus', thinking: true, tools, toolChoice: { name: 'get_weather' } },
  ],
  ['a request that needs no repair', { model: 'qwen-plus', thinking: { budget: 10 }, maxTokens: 32_768 }],
  ['thinking switched off where there is none', { model: 'qwen3-next-80b-a3b-instruct', thinking: false }],
  ['a budget at the ceiling', { model: 'careful', thinking: { budget: 500 } }],
  ['JSON of a model that always thinks', { model: 'always-by-default', responseFormat: schema }],
  [
    'a named tool of a model that does not think by default',
    { model: 'qwen-plus', tools, toolChoice: { name: 'get_weather' } },
  ],
  ['a budget whose ceiling is not known', { model: 'qwen-plus', thinking: { budget: 1e9 } }],
  [
    'JSON with thinking that was asked for',
    { model: 'qwen3.6-plus', thinking: true, responseFormat: schema },
  ],
  ['plain text of a model that thinks by default', { model: 'qwen3.6-plus', responseFormat: 'text' }],
  [
    'a named tool without thinking',
    { model: 'qwen3.6-plus', thinking: false, tools, toolChoice: { name: 'get_weather' } },
  ],
  ['a schema where JSON Schema mode is there', { model: 'qwen-plus', responseFormat: schema }],
  ['a schema where nobody knows', { model: 'qwen3.7-max', responseFormat: schema }],
  ['a schema for a model that has no JSON mode either', { model: 'no-json', responseFormat: schema }],
  ['a limit of thinking and answer that may be known', { model: 'qwen-plus', maxCompletionTokens: 10 }],
  ['several answers of a model that streams or not', { model: 'qwen-plus', n: 3 }],
])('%s is sent untouched', async (_, request) => {
  const { sent, warnings } = await repairChat('chat', request, { catalog, strict: true });
  expect(sent).toEqual([{ messages: [{ role: 'user', content: 'Hi' }], ...request }]);
  expect(warnings).toEqual([]);
});

test('thinking cannot be switched off in a model that always thinks', async () => {
  const { sent, warnings } = await repairChat('stream', { model: 'qwq-plus', thinking: false });
  expect(sent).toEqual([{ model: 'qwq-plus', messages: [{ role: 'user', content: 'Hi' }] }]);
  expect(warnings).toEqual([{ field: 'thinking', message: 'qwq-plus always thinks; left out' }]);
});

test('a repair has a name of its own', () => {
  const names = chatRepairs.known.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
