import { expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';

const emulator = createEmulator({
  ...sampleConfig,
  replies: [{ text: 'a b c d', fault: { stallAfterFrames: 1 } }],
});

// First, because whoever replaces them does it once.
test('leaves the global Request and Response alone', async () => {
  const globals = [Request, Response];
  const running = await emulator.listen();
  await running.close();
  expect([Request, Response]).toEqual(globals);
});

test('names the addresses that a client needs', async () => {
  const running = await emulator.listen();
  expect(running).toMatchObject({
    url: `http://127.0.0.1:${running.port}`,
    host: '127.0.0.1',
    baseURLs: {
      'openai-compatible': `http://127.0.0.1:${running.port}/compatible-mode/v1`,
      dashscope: `http://127.0.0.1:${running.port}/api/v1`,
    },
  });
  await running.close();
});

test('a port that is taken is an error with its code', async () => {
  const running = await emulator.listen();
  await expect(emulator.listen({ port: running.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await running.close();
});

test('close cuts the connections that are still open', async () => {
  const running = await emulator.listen();
  const response = await fetch(`${running.baseURLs['openai-compatible']}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-default' },
    body: JSON.stringify({ model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }], stream: true }),
  });
  const reader = response.body?.getReader();
  await reader?.read();
  await running.close();
  await expect(reader?.read()).rejects.toThrow();
});

test.each<[string, RequestInit & { duplex?: 'half' }, number]>([
  [
    'in chunks',
    {
      body: new Blob([
        JSON.stringify({ model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }] }),
      ]).stream(),
      duplex: 'half',
    },
    200,
  ],
  ['not at all', { method: 'DELETE' }, 400],
])('a call that brings its body %s is answered', async (_, init, status) => {
  const running = await createEmulator(sampleConfig).listen();
  const url = `${running.baseURLs['openai-compatible']}/chat/completions`;
  const headers = { authorization: 'Bearer sk-default', 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, ...init } as RequestInit);
  await running.close();
  expect(response.status).toBe(status);
});
