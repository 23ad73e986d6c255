import { afterEach, expect, test, vi } from 'vitest';
import { resolveEndpoint } from './endpoint.ts';

const wire = { root: '/api/v1', baseURLVariable: 'DASHSCOPE_HTTP_BASE_URL' };
const variables = ['DASHSCOPE_API_REGION', 'DASHSCOPE_WORKSPACE', 'DASHSCOPE_HTTP_BASE_URL'];
for (const name of variables) vi.stubEnv(name, '');
afterEach(() => {
  for (const name of variables) vi.stubEnv(name, '');
});

test.each([
  ['singapore', 'dashscope-intl.aliyuncs.com'],
  ['ap-southeast-1', 'dashscope-intl.aliyuncs.com'],
  ['beijing', 'dashscope.aliyuncs.com'],
  ['virginia', 'dashscope-us.aliyuncs.com'],
  ['hongkong', 'cn-hongkong.dashscope.aliyuncs.com'],
] as const)('the shared host of %s is %s', (region, host) => {
  expect(resolveEndpoint(wire, { region })).toEqual({
    baseURL: `https://${host}/api/v1`,
    headers: {},
    workspace: undefined,
  });
});

test.each([
  ['singapore', 'llm-1.ap-southeast-1.maas.aliyuncs.com'],
  ['beijing', 'llm-1.cn-beijing.maas.aliyuncs.com'],
  ['frankfurt', 'llm-1.eu-central-1.maas.aliyuncs.com'],
  ['tokyo', 'llm-1.ap-northeast-1.maas.aliyuncs.com'],
] as const)('the workspace host in %s is %s', (region, host) => {
  expect(resolveEndpoint(wire, { region, workspaceId: 'llm-1' })).toEqual({
    baseURL: `https://${host}/api/v1`,
    headers: {},
    workspace: 'llm-1',
  });
});

test('the workspace goes into the header when asked for, and in Virginia', () => {
  const headers = { 'X-DashScope-WorkSpace': 'llm-1' };
  const asked = resolveEndpoint(wire, { region: 'singapore', workspaceId: 'llm-1', workspaceIn: 'header' });
  expect(asked).toMatchObject({ baseURL: 'https://dashscope-intl.aliyuncs.com/api/v1', headers });
  expect(resolveEndpoint(wire, { region: 'virginia', workspaceId: 'llm-1' })).toMatchObject({ headers });
});

test('null names no workspace, whatever the environment names', () => {
  vi.stubEnv('DASHSCOPE_WORKSPACE', 'llm-of-the-environment');
  expect(resolveEndpoint(wire, { region: 'singapore', workspaceId: null })).toEqual({
    baseURL: 'https://dashscope-intl.aliyuncs.com/api/v1',
    headers: {},
    workspace: undefined,
  });
  const gateway = { baseURL: 'https://gateway.example', workspaceId: null };
  expect(resolveEndpoint(wire, gateway)).toMatchObject({ headers: {}, workspace: undefined });
});

test.each(['frankfurt', 'tokyo'] as const)('%s without a workspace says what to set', (region) => {
  expect(() => resolveEndpoint(wire, { region })).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      field: 'workspaceId',
      hint: expect.stringContaining('DASHSCOPE_WORKSPACE'),
    }),
  );
});

test('a region that is a key is not quoted', () => {
  expect(() => resolveEndpoint(wire, { region: 'sk-0123456789' as 'singapore' })).toThrow(
    /^region: is not known\. Known: [^0-9]*ap-southeast-1/,
  );
});

test('nothing is guessed about the region', () => {
  expect(() => resolveEndpoint(wire, {})).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      field: 'region',
      hint: expect.stringContaining('DASHSCOPE_API_REGION'),
    }),
  );
});

test('an unknown region names the known ones', () => {
  expect(() => resolveEndpoint(wire, { region: 'singapor' as 'singapore' })).toThrow(
    /singapore \(ap-southeast-1\)/,
  );
});

test.each([
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/api/v1'],
  ['http://127.0.0.1:4010/', 'http://127.0.0.1:4010/api/v1'],
  ['http://127.0.0.1:4010/api/v1', 'http://127.0.0.1:4010/api/v1'],
  ['http://127.0.0.1:4010/api/v1/', 'http://127.0.0.1:4010/api/v1'],
  ['https://gateway.example/qwen/native', 'https://gateway.example/qwen/native'],
])('the base URL %s becomes %s', (baseURL, expected) => {
  expect(resolveEndpoint(wire, { baseURL }).baseURL).toBe(expected);
});

test.each(['not a url', 'ftp://host', 'https://user:word@host', 'https://host/?a=1'])(
  'the base URL %s is refused',
  (baseURL) => {
    expect(() => resolveEndpoint(wire, { baseURL })).toThrow(
      expect.objectContaining({ kind: 'configuration', field: 'baseURL' }),
    );
  },
);

test.each([
  'http://localhost:8080',
  'http://emulator.localhost',
  'http://127.1.2.3',
  'http://2130706433',
  'http://[::1]:1',
])('the base URL %s is this machine itself', (baseURL) => {
  expect(resolveEndpoint(wire, { baseURL }).baseURL).toMatch(/^http:/);
});

test.each([
  'http://dashscope-intl.aliyuncs.com',
  'http://127.0.0.1.example',
  'http://localhost.example',
  'http://notlocalhost',
  'http://128.0.0.1',
  'http://0.0.0.0',
  'http://[::ffff:10.0.0.1]',
  'HTTP://gateway',
])('the base URL %s would show the key on the way, unless that is asked for by name', (baseURL) => {
  expect(() => resolveEndpoint(wire, { baseURL })).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      field: 'baseURL',
      hint: expect.stringContaining('dangerouslyAllowHTTP'),
    }),
  );
  expect(resolveEndpoint(wire, { baseURL, dangerouslyAllowHTTP: true }).baseURL).toMatch(/^http:/);
});

test('a base URL carries the workspace in the header', () => {
  expect(resolveEndpoint(wire, { baseURL: 'http://localhost', workspaceId: 'llm-1' }).headers).toEqual({
    'X-DashScope-WorkSpace': 'llm-1',
  });
});

test('the environment fills in what options leave out', () => {
  vi.stubEnv('DASHSCOPE_API_REGION', 'tokyo');
  vi.stubEnv('DASHSCOPE_WORKSPACE', 'llm-env');
  expect(resolveEndpoint(wire, {}).baseURL).toBe('https://llm-env.ap-northeast-1.maas.aliyuncs.com/api/v1');
  vi.stubEnv('DASHSCOPE_HTTP_BASE_URL', 'http://localhost:1/x');
  expect(resolveEndpoint(wire, {}).baseURL).toBe('http://localhost:1/x');
  expect(resolveEndpoint(wire, { region: 'frankfurt' }).baseURL).toContain('llm-env.eu-central-1');
});

test.each([
  ['that could not be a host label', 'evil.example/'],
  ['that is a key', 'sk-0123456789'],
])('a workspace id %s is refused, and not quoted', (_, workspaceId) => {
  expect(() => resolveEndpoint(wire, { region: 'tokyo', workspaceId })).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      field: 'workspaceId',
      message: expect.not.stringContaining(workspaceId),
    }),
  );
});
