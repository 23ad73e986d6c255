import { expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';
import { send, sendCompatible, sendNative, sse } from './test-calls.ts';
import { noTokens } from './usage-counter.ts';

let count = 0;
const createId = () => {
  count += 1;
  return `call-${count}`;
};

test('each call that was served is a line with all that its price depends on, and no failed call is', async () => {
  count = 0;
  const replies = [
    { when: 'broken', text: 'a b', fault: { errorAfterFrames: { frames: 1, error: 'internal-error' } } },
    { reasoning: 'so so', text: 'a b', usage: { inputTokens: 9, cachedInputTokens: 4 } },
  ] as const;
  const emulator = createEmulator({ ...sampleConfig, replies: [...replies] }, { createId, now: () => 7 });
  await sendCompatible(emulator, { stream: true, enable_thinking: true });
  await sendNative(emulator, { temperature: 9 });
  await sendNative(emulator, { messages: [{ role: 'user', content: 'broken' }] }, { headers: sse });
  const marked = [{ type: 'text', text: 'Hello', cache_control: { type: 'ephemeral' } }];
  await sendCompatible(emulator, { messages: [{ role: 'user', content: marked }] }, { key: 'sk-marketing' });
  const input = { ...noTokens, inputTokens: 9, cachedInputTokens: 4 };
  expect(emulator.bill()).toEqual([
    {
      requestId: 'call-1',
      at: 7,
      workspace: 'llm-default',
      workspaceName: 'default',
      model: 'qwen-plus',
      wire: 'openai-compatible',
      stream: true,
      outcome: 'finished',
      thinking: true,
      explicitCache: false,
      usage: { ...input, outputTokens: 4, reasoningTokens: 2, totalTokens: 13 },
    },
    expect.objectContaining({
      requestId: 'call-4',
      workspace: 'llm-marketing',
      stream: false,
      thinking: false,
      explicitCache: true,
      usage: { ...input, outputTokens: 2, totalTokens: 11 },
    }),
  ]);
  emulator.reset();
  expect(emulator.bill()).toEqual([]);
});

test('vectors are on the bill', async () => {
  const emulator = createEmulator(sampleConfig);
  await send(emulator, '/compatible-mode/v1/embeddings', { model: 'text-embedding-v4', input: 'a b' });
  expect(emulator.bill()).toMatchObject([
    { model: 'text-embedding-v4', usage: { inputTokens: 2, outputTokens: 0, totalTokens: 2 } },
  ]);
});

test('the bill is told over HTTP as well, without being a call', async () => {
  const emulator = createEmulator(sampleConfig);
  const running = await emulator.listen();
  await sendNative(emulator, {});
  const response = await fetch(`${running.url}/emulator/bill`);
  expect(await response.json()).toEqual({ lines: emulator.bill() });
  await running.close();
  expect(emulator.requests).toHaveLength(1);
});
