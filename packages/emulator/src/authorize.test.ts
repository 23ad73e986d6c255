import { expect, test } from 'vitest';
import { authorize, checkWorkspace } from './authorize.ts';
import { readConfig } from './read-config.ts';
import { sampleConfig } from './sample-config.ts';

const config = readConfig(sampleConfig);

function request(url: string, headers: Record<string, string>): Request {
  return new Request(url, { headers });
}

const local = 'http://127.0.0.1:4010/api/v1';
const shared = 'https://dashscope-intl.aliyuncs.com/api/v1';

test('the key selects the workspace', () => {
  expect(authorize(request(local, { authorization: 'Bearer sk-marketing' }), config).id).toBe(
    'llm-marketing',
  );
  expect(authorize(request(shared, { authorization: 'bearer sk-default' }), config).id).toBe('llm-default');
});

test.each([
  ['no header', local, {}, 'No API-key provided.'],
  ['another header', local, { 'x-api-key': 'sk-default' }, 'No API-key provided.'],
  ['no scheme', local, { authorization: 'sk-default' }, 'No API-key provided.'],
  ['an unknown key', local, { authorization: 'Bearer sk-defaul' }, 'Invalid API-key provided.'],
  [
    "another region's shared host",
    'https://dashscope.aliyuncs.com/api/v1',
    { authorization: 'Bearer sk-default' },
    'Invalid API-key provided.',
  ],
  [
    "another region's workspace host",
    'https://llm-default.cn-beijing.maas.aliyuncs.com/api/v1',
    { authorization: 'Bearer sk-default' },
    'Invalid API-key provided.',
  ],
])('refuses %s', (_, url, headers, message) => {
  expect(() => authorize(request(url, headers), config)).toThrow(message);
});

test('a workspace host takes the keys of its own workspace only', () => {
  const host = 'https://llm-marketing.ap-southeast-1.maas.aliyuncs.com/api/v1';
  expect(() => checkWorkspace(request(host, {}), { id: 'llm-marketing' })).not.toThrow();
  expect(() => checkWorkspace(request(host, {}), { id: 'llm-default' })).toThrow(
    'Workspace endpoint access denied.',
  );
});

test("the header may name the key's own workspace only", () => {
  const named = (id: string) => request(local, { 'X-DashScope-WorkSpace': id });
  expect(() => checkWorkspace(named('llm-default'), { id: 'llm-default' })).not.toThrow();
  expect(() => checkWorkspace(named('llm-marketing'), { id: 'llm-default' })).toThrow(
    'Workspace access denied.',
  );
  expect(() => checkWorkspace(named('llm-nowhere'), { id: 'llm-default' })).toThrow(
    'Workspace access denied.',
  );
});
