import type { ClientOptions } from '@qwire/core';
import { afterEach, expect, test, vi } from 'vitest';
import { createDashScope } from './create-dashscope.ts';

afterEach(() => vi.unstubAllEnvs());

const request = {
  model: 'new-model',
  messages: [{ role: 'user', content: [{ type: 'image', image: 'https://host.example/a.png' }] }],
} as const;

async function sentTo(options: Parameters<typeof createDashScope>[0]): Promise<string> {
  let address = '';
  const fetch: ClientOptions['fetch'] = async (url) => {
    address = String(url);
    return new Response('{}', { status: 500 });
  };
  await createDashScope({ apiKey: 'k', baseURL: 'http://127.0.0.1:1', maxRetries: 0, fetch, ...options })
    .chat(request)
    .catch((error: unknown) => {
      address ||= String(error);
    });
  return address;
}

test('the option "paths" sends a model to the other path', async () => {
  expect(await sentTo({ paths: { 'new-model': 'multimodal' } })).toBe(
    'http://127.0.0.1:1/api/v1/services/aigc/multimodal-generation/generation',
  );
});

test('a picture for a text model is refused with the option that would let it pass', async () => {
  expect(await sentTo({})).toMatch(/messages\[0\]\.content\[0\].*"paths"/);
});

test('a path that does not exist is refused by name', () => {
  expect(() => createDashScope({ paths: { m: 'vision' as 'text' } })).toThrow(
    expect.objectContaining({ kind: 'configuration', field: 'paths["m"]' }),
  );
});

test.each<[string, unknown]>([
  ['options', null],
  ['options', 5],
  ['paths', { paths: null }],
  ['paths', { paths: 'text' }],
  ['interceptors', { interceptors: 5 }],
  ['interceptors', { interceptors: null }],
])('%s of the wrong type are refused by name: %j', (field, options) => {
  expect(() => createDashScope(options as object)).toThrow(
    expect.objectContaining({ kind: 'configuration', field }),
  );
});

test('null names no workspace, whatever the environment names', async () => {
  vi.stubEnv('DASHSCOPE_WORKSPACE', 'llm-of-the-environment');
  const sent: Request[] = [];
  const fetch: ClientOptions['fetch'] = async (...given) => {
    sent.push(new Request(...given));
    return new Response('{}', { status: 500 });
  };
  const options = { apiKey: 'k', region: 'virginia', maxRetries: 0, fetch } as const;
  const client = createDashScope({ ...options, workspaceId: null });
  const hello = { model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }] } as const;
  expect(client.workspace).toBeUndefined();
  for (const each of [client, createDashScope(options)]) await each.chat(hello).catch(() => {});
  expect(sent.map(({ headers }) => headers.get('x-dashscope-workspace'))).toEqual([
    null,
    'llm-of-the-environment',
  ]);
});
