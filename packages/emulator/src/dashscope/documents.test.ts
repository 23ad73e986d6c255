import { createDashScope } from '@qwire/dashscope';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmulator, type RunningEmulator } from '../index.ts';

const emulator = createEmulator({
  region: 'singapore',
  workspaces: [{ id: 'llm-default', apiKeys: ['sk-default'], models: '*' }],
});
let running: RunningEmulator;

beforeAll(async () => {
  running = await emulator.listen();
});
afterAll(() => running.close());

test('documents are taken on the text path, beside text', async () => {
  const qwen = createDashScope({ baseURL: running.baseURLs.dashscope, apiKey: 'sk-default', maxRetries: 0 });
  const reply = await qwen.chat({
    model: 'qwen-doc-turbo',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Sum it up.' },
          { type: 'document', document: 'https://files.example.com/report.pdf', parsing: 'auto' },
        ],
      },
    ],
  });
  expect(reply.text).not.toBe('');
  expect(emulator.requests[0]?.unknownParameters).toEqual([]);
});
