import type { ClientOptions } from '@qwire/core';
import { afterEach, expect, test, vi } from 'vitest';
import { createOpenAICompatible } from './create-openai-compatible.ts';

afterEach(() => vi.unstubAllEnvs());

const request = { model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }] } as const;

test('null names no workspace, whatever the environment names', async () => {
  vi.stubEnv('DASHSCOPE_WORKSPACE', 'llm-of-the-environment');
  const sent: Request[] = [];
  const fetch: ClientOptions['fetch'] = async (...given) => {
    sent.push(new Request(...given));
    return new Response('{}', { status: 500 });
  };
  const options = { apiKey: 'k', region: 'virginia', maxRetries: 0, fetch } as const;
  const client = createOpenAICompatible({ ...options, workspaceId: null });
  expect(client.workspace).toBeUndefined();
  for (const each of [client, createOpenAICompatible(options)]) await each.chat(request).catch(() => {});
  expect(sent.map(({ headers }) => headers.get('x-dashscope-workspace'))).toEqual([
    null,
    'llm-of-the-environment',
  ]);
});
