import { expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';
import { sendCompatible, sendNative, sse } from './test-calls.ts';
import { noTokens } from './usage-counter.ts';

test('adds up per workspace and model what both wires reported, and bills no failed call', async () => {
  const emulator = createEmulator({ ...sampleConfig, replies: [{ text: 'a b' }] });
  await sendCompatible(emulator, {});
  await sendCompatible(emulator, { stream: true });
  await sendNative(emulator, {}, { headers: sse });
  await sendNative(emulator, { temperature: 9 });
  await sendNative(emulator, {}, { key: 'sk-marketing' });
  await sendNative(emulator, { model: 'qwen-max' }, { key: 'sk-marketing' });
  await sendNative(emulator, {}, { key: 'sk-wrong' });
  await sendNative(emulator, { model: 'qwen-nothing' });
  expect(emulator.usage()).toEqual([
    {
      ...noTokens,
      workspace: 'llm-default',
      workspaceName: 'default',
      model: 'qwen-plus',
      calls: 3,
      failedCalls: 1,
      inputTokens: 15,
      outputTokens: 6,
      totalTokens: 21,
    },
    {
      ...noTokens,
      workspace: 'llm-marketing',
      workspaceName: 'marketing',
      model: 'qwen-plus',
      calls: 1,
      failedCalls: 0,
      inputTokens: 5,
      outputTokens: 2,
      totalTokens: 7,
    },
    {
      ...noTokens,
      workspace: 'llm-marketing',
      workspaceName: 'marketing',
      model: 'qwen-max',
      calls: 0,
      failedCalls: 1,
      inputTokens: 0,
      outputTokens: 0,
      totalTokens: 0,
    },
  ]);
});

test('notes every request, and no key', async () => {
  const seen: string[] = [];
  const emulator = createEmulator(sampleConfig, { onRequest: ({ requestId }) => seen.push(requestId) });
  await sendCompatible(emulator, {}, { key: 'sk-marketing' });
  await sendNative(emulator, { temperature: 9 }, { key: 'sk-wrong' });
  expect(emulator.requests).toMatchObject([
    {
      wire: 'openai-compatible',
      workspace: 'llm-marketing',
      model: 'qwen-plus',
      status: 200,
      code: undefined,
      outcome: 'finished',
      body: { model: 'qwen-plus' },
    },
    { wire: 'dashscope', workspace: undefined, status: 401, code: 'InvalidApiKey', outcome: 'failed' },
  ]);
  expect(seen).toEqual(emulator.requests.map(({ requestId }) => requestId));
  expect(JSON.stringify(emulator.requests)).not.toMatch(/sk-/);
});

test('a reset forgets usage and requests, also of calls that end after it', async () => {
  let beforeEnd = () => {};
  const emulator = createEmulator(sampleConfig, {
    createId: () => {
      beforeEnd();
      return 'an-id';
    },
  });
  await sendCompatible(emulator, {});
  const tool = { type: 'function', function: { name: 'a' } };
  let ids = 0;
  // The second id of a call is the one of its tool call, made while the answer is planned.
  beforeEnd = () => {
    ids += 1;
    if (ids === 2) emulator.reset();
  };
  await sendCompatible(emulator, {
    tools: [tool],
    tool_choice: { type: 'function', function: { name: 'a' } },
  });
  expect([ids, emulator.usage(), emulator.requests]).toEqual([2, [], []]);
});
