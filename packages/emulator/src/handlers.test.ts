import { getResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';

const emulator = createEmulator(sampleConfig, { origins: ['http://gateway.test:8080'] });
const server = setupServer(...emulator.handlers);

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());

function call(origin: string, key = 'sk-marketing') {
  return fetch(`${origin}/api/v1/services/aigc/text-generation/generation`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'qwen-plus', input: { prompt: 'Hi' } }),
  });
}

test.each([
  ['the shared host', 'https://dashscope-intl.aliyuncs.com', 200],
  ["the workspace's own host", 'https://llm-marketing.ap-southeast-1.maas.aliyuncs.com', 200],
  ["another workspace's host", 'https://llm-default.ap-southeast-1.maas.aliyuncs.com', 403],
  ["another region's shared host", 'https://dashscope-us.aliyuncs.com', 401],
  ["another region's workspace host", 'https://llm-marketing.eu-central-1.maas.aliyuncs.com', 401],
  ['an origin of your own', 'http://gateway.test:8080', 200],
])('%s is answered', async (_, origin, status) => {
  expect((await call(origin)).status).toBe(status);
});

test.each(['https://dashscope.example.com', 'https://xdashscope-intl.aliyuncs.com', 'http://gateway.test'])(
  '%s is left alone',
  async (origin) => {
    const request = new Request(`${origin}/api/v1/services/aigc/text-generation/generation`, {
      method: 'POST',
    });
    expect(await getResponse([...emulator.handlers], request)).toBeUndefined();
  },
);
