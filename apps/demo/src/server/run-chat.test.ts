import { expect, test } from 'vitest';
import { createFakeClient, helloAnswer, weatherCallAnswer } from '../../test/fake-client.ts';
import type { ConsoleEvent } from '../shared/console-api.ts';
import { exampleTools } from './example-tools.ts';
import { maxCalls, runChat } from './run-chat.ts';

const question = { role: 'user', content: 'What is the weather in Singapore?' } as const;
const request = { model: 'qwen-plus', messages: [question], tools: exampleTools };

async function collect(client: ReturnType<typeof createFakeClient>): Promise<readonly ConsoleEvent[]> {
  const events: ConsoleEvent[] = [];
  const { signal } = new AbortController();
  let nowMs = 0;
  const now = () => {
    nowMs += 10;
    return nowMs;
  };
  const target = { client, workspace: 'marketing' };
  for await (const event of runChat(target, { request, signal, now })) events.push(event);
  return events;
}

test('a call is announced, streamed and ended with the message for the next request', async () => {
  const events = await collect(createFakeClient('dashscope', helloAnswer));
  expect(events).toEqual([
    { type: 'call-start', workspace: 'marketing', wire: 'dashscope', model: 'qwen-plus' },
    { type: 'first-event', afterMs: 10 },
    ...helloAnswer,
    {
      type: 'call-end',
      message: { role: 'assistant', content: 'Hello there.' },
      warnings: [],
      afterMs: 20,
    },
  ]);
});

test('a tool is run and its answer goes back to the model', async () => {
  const client = createFakeClient('dashscope', weatherCallAnswer, helloAnswer);
  const events = await collect(client);
  const result = events.find((event) => event.type === 'tool-result');
  expect(result).toMatchObject({
    toolCallId: 'call_1',
    content: expect.stringContaining('"city":"Singapore"'),
  });
  expect(client.requests[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
  expect(events.filter((event) => event.type === 'call-end')).toHaveLength(2);
});

test('a model that never stops asking for tools is stopped', async () => {
  const client = createFakeClient('dashscope', weatherCallAnswer);
  await collect(client);
  expect(client.requests).toHaveLength(maxCalls);
  expect(client.requests.map(({ toolChoice }) => toolChoice)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    'none',
  ]);
});
