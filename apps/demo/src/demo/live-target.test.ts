import { createEmulator, sampleConfig } from '@qwire/emulator';
import { expect, test } from 'vitest';
import { openLiveTarget } from './live-target.ts';

test('every variable that is missing is named', () => {
  expect(() => openLiveTarget({})).toThrow(/DASHSCOPE_API_KEY.*DASHSCOPE_API_REGION/);
  expect(() => openLiveTarget({ DASHSCOPE_API_KEY: 'sk-x', DASHSCOPE_API_REGION: ' ' })).toThrow(
    /^--live needs DASHSCOPE_API_REGION/,
  );
});

test('a region that does not exist is named, the key is not', () => {
  const environment = { DASHSCOPE_API_KEY: 'sk-x', DASHSCOPE_API_REGION: 'atlantis' };
  expect(() => openLiveTarget(environment)).toThrow('DASHSCOPE_API_REGION: there is no region atlantis');
  expect(() => openLiveTarget(environment)).not.toThrow('sk-x');
});

test('one workspace is called over both wires, and its grants are not known', () => {
  const { workspaces } = openLiveTarget({
    DASHSCOPE_API_KEY: 'sk-x',
    DASHSCOPE_API_REGION: 'singapore',
    DASHSCOPE_WORKSPACE: 'llm-x',
  });
  expect(workspaces).toMatchObject([
    { name: 'llm-x', id: 'llm-x', clients: [{ wire: 'openai-compatible' }, { wire: 'dashscope' }] },
  ]);
  expect(workspaces[0]?.granted).toBeUndefined();
});

test('base URLs from the environment take the place of the region', async () => {
  const running = await createEmulator(sampleConfig).listen();
  const { workspaces } = openLiveTarget({
    DASHSCOPE_API_KEY: 'sk-marketing',
    DASHSCOPE_API_REGION: 'singapore',
    DASHSCOPE_HTTP_BASE_URL: running.baseURLs.dashscope,
    DASHSCOPE_COMPATIBLE_BASE_URL: running.baseURLs['openai-compatible'],
  });
  const messages = [{ role: 'user', content: 'Who are you?' }] as const;
  const replies = await Promise.all(
    workspaces[0].clients.map((client) => client.chat({ model: 'qwen-plus', messages })),
  );
  await running.close();
  expect(replies.map(({ text }) => text)).toEqual([
    'I am Qwen, a large language model made by Alibaba Cloud.',
    'I am Qwen, a large language model made by Alibaba Cloud.',
  ]);
});
