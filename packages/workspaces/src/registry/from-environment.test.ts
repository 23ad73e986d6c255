import { afterEach, expect, test, vi } from 'vitest';
import { fromEnvironment } from './from-environment.ts';

afterEach(() => vi.unstubAllEnvs());

function stub(variables: Readonly<Record<string, string>>) {
  for (const name of ['DASHSCOPE_API_KEY', 'DASHSCOPE_WORKSPACE', 'DASHSCOPE_API_REGION'])
    vi.stubEnv(name, '');
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

async function keyOf(name: string): Promise<unknown> {
  const key = fromEnvironment().workspaces[name]?.apiKey;
  return typeof key === 'function' ? key() : key;
}

test('workspaces are listed, and each has variables of its own', async () => {
  stub({
    DASHSCOPE_API_REGION: 'singapore',
    DASHSCOPE_WORKSPACES: 'default, marketing-eu',
    DASHSCOPE_API_KEY: 'sk-default',
    DASHSCOPE_WORKSPACE_MARKETING_EU_API_KEY: 'sk-eu',
    DASHSCOPE_WORKSPACE_MARKETING_EU_REGION: 'frankfurt',
    DASHSCOPE_WORKSPACE_MARKETING_EU_ID: 'llm-eu',
    DASHSCOPE_WORKSPACE_MARKETING_EU_MODELS: 'qwen-plus, qwen3-vl-*',
    DASHSCOPE_WORKSPACE_MARKETING_EU_TAGS: 'team=ads,cost-center=47=11',
    DASHSCOPE_WORKSPACE_MARKETING_EU_BUDGET: '49.90 usd per month',
    DASHSCOPE_WORKSPACE_MARKETING_EU_LIMITS:
      'qwen-plus=60 requests per minute, qwen-*=100000 tokens per second',
  });
  const apiKey = expect.any(Function);
  expect(fromEnvironment()).toEqual({
    region: 'singapore',
    workspaces: {
      default: { apiKey, apiKeyFrom: 'DASHSCOPE_WORKSPACE_DEFAULT_API_KEY or DASHSCOPE_API_KEY' },
      'marketing-eu': {
        apiKey,
        apiKeyFrom: 'DASHSCOPE_WORKSPACE_MARKETING_EU_API_KEY',
        region: 'frankfurt',
        workspaceId: 'llm-eu',
        models: ['qwen-plus', 'qwen3-vl-*'],
        tags: { team: 'ads', 'cost-center': '47=11' },
        budget: { amount: '49.90', currency: 'USD', per: 'month' },
        limits: [
          { models: 'qwen-plus', requests: 60, windowMs: 60_000 },
          { models: 'qwen-*', tokens: 100_000, windowMs: 1_000 },
        ],
      },
    },
  });
  expect([await keyOf('default'), await keyOf('marketing-eu')]).toEqual(['sk-default', 'sk-eu']);
});

test('without a list there is the default workspace alone', async () => {
  stub({ DASHSCOPE_API_KEY: 'sk-default', DASHSCOPE_WORKSPACE: 'llm-default' });
  expect(fromEnvironment()).toMatchObject({
    workspaces: { default: { apiKey: expect.any(Function), workspaceId: 'llm-default' } },
  });
  expect(await keyOf('default')).toBe('sk-default');
});

test('no other workspace takes the key of the default one', async () => {
  stub({ DASHSCOPE_WORKSPACES: 'marketing', DASHSCOPE_API_KEY: 'sk-default' });
  expect(await keyOf('marketing')).toBeUndefined();
});

test.each([
  [{ DASHSCOPE_WORKSPACES: 'a-b,a_b' }, 'DASHSCOPE_WORKSPACES'],
  [{ DASHSCOPE_WORKSPACES: 'a,a' }, 'DASHSCOPE_WORKSPACES'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_TAGS: 'ads' }, 'DASHSCOPE_WORKSPACE_DEFAULT_TAGS'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_BUDGET: '50' }, 'DASHSCOPE_WORKSPACE_DEFAULT_BUDGET'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_BUDGET: '50 USD per year' }, 'DASHSCOPE_WORKSPACE_DEFAULT_BUDGET'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_BUDGET: '1.2.3 USD per day' }, 'DASHSCOPE_WORKSPACE_DEFAULT_BUDGET'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_LIMITS: 'qwen-plus=60' }, 'DASHSCOPE_WORKSPACE_DEFAULT_LIMITS'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_LIMITS: '*=0 requests per minute' }, 'DASHSCOPE_WORKSPACE_DEFAULT_LIMITS'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_REGION: 'mars' }, 'DASHSCOPE_WORKSPACE_DEFAULT_REGION'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_BASE_URL: 'ftp://x' }, 'DASHSCOPE_WORKSPACE_DEFAULT_BASE_URL'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_ID: 'sk-1234' }, 'DASHSCOPE_WORKSPACE_DEFAULT_ID'],
  [{ DASHSCOPE_WORKSPACE: 'sk-1234' }, 'DASHSCOPE_WORKSPACE'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_MODELS: '' }, 'DASHSCOPE_WORKSPACE_DEFAULT_MODELS'],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_MODELS: ' ,' }, 'DASHSCOPE_WORKSPACE_DEFAULT_MODELS'],
  [{ DASHSCOPE_WORKSPACES: ' , ' }, 'DASHSCOPE_WORKSPACES'],
  [{ DASHSCOPE_WORKSPACES: '-a' }, 'DASHSCOPE_WORKSPACES'],
  [{ DASHSCOPE_WORKSPACES: 'v.1', DASHSCOPE_WORKSPACE_V_1_ID: 'llm a' }, 'DASHSCOPE_WORKSPACE_V_1_ID'],
  [{ DASHSCOPE_API_REGION: 'mars' }, 'DASHSCOPE_API_REGION'],
])('%j is refused by name', (variables, field) => {
  stub(variables);
  expect(() => fromEnvironment()).toThrow(expect.objectContaining({ kind: 'configuration', field }));
});

test.each([
  [{ DASHSCOPE_WORKSPACE_DEFAULT_BUDGET: '50 USD per hush' }, /_BUDGET: per must be "day" or "month"$/],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_LIMITS: '*=0 tokens per minute' }, /_LIMITS: \[0\]\.tokens must be a whole/],
  [{ DASHSCOPE_WORKSPACE_DEFAULT_REGION: 'hush' }, /_REGION: must be a region/],
])('%j is refused with what is wrong, and not quoted', (variables, message) => {
  stub(variables);
  expect(() => fromEnvironment()).toThrow(message);
  expect(() => fromEnvironment()).not.toThrow(/hush/);
});
