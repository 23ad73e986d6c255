import type { ClientOptions } from '@qwire/core';
import { expect, test } from 'vitest';
import { createDashScope, type DashScopeOptions } from './create-dashscope.ts';

const refusal = { code: 'InvalidParameter', message: 'url error, please check url！', request_id: 'r-1' };
const answer = {
  output: { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: [{ text: 'hi' }] } }] },
  usage: {},
  request_id: 'r-2',
};

/** A service that serves every model on the multimodal path only. */
function service(options: DashScopeOptions = {}) {
  const asked: string[] = [];
  const fetch: ClientOptions['fetch'] = async (url) => {
    const path = String(url).includes('/multimodal-') ? 'multimodal' : 'text';
    asked.push(path);
    if (path === 'text') return Response.json(refusal, { status: 400 });
    return Response.json(answer);
  };
  const qwen = createDashScope({
    apiKey: 'k',
    baseURL: 'http://127.0.0.1:1',
    fetch,
    maxRetries: 0,
    ...options,
  });
  return { asked, qwen };
}

const request = { model: 'qwen-newest', messages: [{ role: 'user', content: 'hi' }] } as const;

test('a path that was learned is used at once by the next call', async () => {
  const { asked, qwen } = service();
  const first = await qwen.chat(request);
  const second = await qwen.chat(request);
  expect(asked).toEqual(['text', 'multimodal', 'multimodal']);
  expect([first.warnings.length, second.warnings.length]).toEqual([1, 0]);
});

test('calls that run side by side learn the same path', async () => {
  const { asked, qwen } = service();
  const replies = await Promise.all([qwen.chat(request), qwen.chat(request), qwen.chat(request)]);
  expect(replies.map(({ text }) => text)).toEqual(['hi', 'hi', 'hi']);
  expect(asked.filter((path) => path === 'multimodal')).toHaveLength(3);
});

test.each<[string, DashScopeOptions]>([
  ['set by hand', { paths: { 'qwen-newest': 'text' } }],
  ['not to be learned', { learnPaths: false }],
])('a path that is %s is not tried elsewhere', async (_, options) => {
  const { asked, qwen } = service(options);
  await expect(qwen.chat(request)).rejects.toMatchObject({
    requestId: 'r-1',
    hint: expect.stringContaining('paths'),
  });
  expect(asked).toEqual(['text']);
});
