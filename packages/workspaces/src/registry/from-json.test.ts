import { readFileSync } from 'node:fs';
import type { QwireError } from '@qwire/core';
import Ajv from 'ajv';
import { afterEach, expect, test, vi } from 'vitest';
import { createWorkspaces } from './create-workspaces.ts';
import { fromJSON } from './from-json.ts';
import { createToy, hello, recordingFetch } from './toy-wire.fixture.ts';

afterEach(() => vi.unstubAllEnvs());

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../workspaces.schema.json', import.meta.url), 'utf8'),
);
const fitsSchema = new Ajv({ strict: true }).compile(schema as object);

const full = {
  $schema: './node_modules/@qwire/workspaces/workspaces.schema.json',
  region: 'singapore',
  workspaces: {
    default: { apiKeyFrom: 'DASHSCOPE_API_KEY' },
    'マーケ 1': {
      apiKeyFrom: '_KEY2',
      region: 'eu-central-1',
      workspaceId: 'llm-a',
      workspaceIn: 'host',
      baseURL: 'http://127.0.0.1:4010',
      models: ['qwen-plus', 'qwen3-vl-*'],
      budget: { amount: '49.90', currency: 'USD', per: 'month' },
      tags: { team: 'ads' },
      limits: [
        { models: 'qwen-plus', requests: 300, windowMs: 1_000 },
        { models: ['qwen-*', 'qwen3-*'], requests: 60, tokens: 100_000 },
      ],
    },
  },
};

function withWorkspace(more: object): object {
  return { workspaces: { a: { apiKeyFrom: 'KEY_A', ...more } } };
}

function refusal(content: unknown): QwireError | undefined {
  try {
    fromJSON(content);
    return undefined;
  } catch (error) {
    return error as QwireError;
  }
}

test.each([
  [full],
  [
    withWorkspace({
      budget: {
        amount: 0.5,
        currency: 'CNY',
        per: 'day',
        timeZone: 'Asia/Shanghai',
        hard: false,
        thresholds: [0.5],
      },
    }),
  ],
  [withWorkspace({ baseURL: 'https://gateway.example/v1' })],
  [withWorkspace({ workspaceId: null, limits: [] })],
])('the schema and the code accept %j', (content) => {
  expect(refusal(content)).toBeUndefined();
  expect(fitsSchema(content), JSON.stringify(fitsSchema.errors)).toBe(true);
});

test.each<[unknown, string]>([
  [[], 'options'],
  [{}, 'workspaces'],
  [{ workspaces: {} }, 'workspaces'],
  [{ workspaces: [] }, 'workspaces'],
  [{ ...full, wire: 'dashscope' }, 'wire'],
  [{ ...full, region: 'mars' }, 'region'],
  [{ workspaces: { ' a': { apiKeyFrom: 'A' } } }, 'workspaces. a'],
  [{ workspaces: { a: {} } }, 'workspaces.a.apiKeyFrom'],
  [{ workspaces: { a: 'KEY_A' } }, 'workspaces.a'],
  [withWorkspace({ apiKeyFrom: '7-KEY' }), 'workspaces.a.apiKeyFrom'],
  [withWorkspace({ apiKey: 'KEY_A' }), 'workspaces.a.apiKey'],
  [withWorkspace({ modles: ['qwen-plus'] }), 'workspaces.a.modles'],
  [withWorkspace({ region: 7 }), 'workspaces.a.region'],
  [withWorkspace({ workspaceId: '' }), 'workspaces.a.workspaceId'],
  [withWorkspace({ workspaceId: 'sk-1' }), 'workspaces.a.workspaceId'],
  [withWorkspace({ workspaceIn: 'body' }), 'workspaces.a.workspaceIn'],
  [withWorkspace({ baseURL: 'https://user@gateway.example' }), 'workspaces.a.baseURL'],
  [withWorkspace({ baseURL: 'https://gateway.example/?q' }), 'workspaces.a.baseURL'],
  [withWorkspace({ models: [] }), 'workspaces.a.models'],
  [withWorkspace({ models: [' '] }), 'workspaces.a.models'],
  [withWorkspace({ tags: { team: '' } }), 'workspaces.a.tags'],
  [withWorkspace({ limits: { models: '*', requests: 60 } }), 'workspaces.a.limits'],
  [withWorkspace({ limits: [60] }), 'workspaces.a.limits[0]'],
  [withWorkspace({ limits: [{ requests: 60 }] }), 'workspaces.a.limits[0].models'],
  [withWorkspace({ limits: [{ models: [], requests: 60 }] }), 'workspaces.a.limits[0].models'],
  [withWorkspace({ limits: [{ models: ' ', requests: 60 }] }), 'workspaces.a.limits[0].models'],
  [withWorkspace({ limits: [{ models: '*' }] }), 'workspaces.a.limits[0].requests'],
  [withWorkspace({ limits: [{ models: '*', requests: 1.5 }] }), 'workspaces.a.limits[0].requests'],
  [withWorkspace({ limits: [{ models: '*', requests: {} }] }), 'workspaces.a.limits[0].requests'],
  [withWorkspace({ limits: [{ models: '*', tokens: '60' }] }), 'workspaces.a.limits[0].tokens'],
  [withWorkspace({ limits: [{ models: '*', tokens: 9, windowMs: 0 }] }), 'workspaces.a.limits[0].windowMs'],
  [withWorkspace({ limits: [{ models: '*', tokens: 9, window: 60 }] }), 'workspaces.a.limits[0].window'],
  [withWorkspace({ budget: 50 }), 'workspaces.a.budget'],
  [withWorkspace({ budget: { amount: 5, currency: 'USD' } }), 'workspaces.a.budget.per'],
  [withWorkspace({ budget: { amount: -5, currency: 'USD', per: 'day' } }), 'workspaces.a.budget.amount'],
  [withWorkspace({ budget: { amount: 'much', currency: 'USD', per: 'day' } }), 'workspaces.a.budget.amount'],
  [
    withWorkspace({ budget: { amount: 5, currency: 'USD', per: 'day', hard: 'yes' } }),
    'workspaces.a.budget.hard',
  ],
  [withWorkspace({ budget: { amount: 5, currency: 'usd', per: 'day' } }), 'workspaces.a.budget.currency'],
  [
    withWorkspace({ budget: { amount: 5, currency: 'USD', per: 'day', timeZone: '+08:00' } }),
    'workspaces.a.budget.timeZone',
  ],
  [
    withWorkspace({ budget: { amount: 5, currency: 'USD', per: 'day', timeZone: 'CET' } }),
    'workspaces.a.budget.timeZone',
  ],
  [withWorkspace({ budget: { amount: 5, currency: 'USD', per: 'year' } }), 'workspaces.a.budget.per'],
])('the schema and the code refuse %j, and the code names %s', (content, field) => {
  expect(refusal(content)).toMatchObject({ kind: 'configuration', field });
  expect(fitsSchema(content)).toBe(false);
});

test.each([
  [withWorkspace({ apiKeyFrom: 'sk-0123456789' }), 'workspaces.a.apiKeyFrom'],
  [withWorkspace({ models: ['sk-sp-0123456789'] }), 'workspaces.a.models[0]'],
  [{ region: 'sk-0123456789', workspaces: {} }, 'region'],
])('a key in %j is refused wherever it stands, and not quoted', (content, field) => {
  const error = refusal(content);
  expect(error).toMatchObject({ kind: 'configuration', field });
  expect(JSON.stringify(error)).not.toContain('0123456789');
});

test.each([{ amount: 'hush-hush' }, { currency: 'hush-hush' }])('a budget %j is not quoted', (wrong) => {
  const error = refusal(withWorkspace({ budget: { amount: 5, currency: 'USD', per: 'day', ...wrong } }));
  expect(error?.kind).toBe('configuration');
  expect(JSON.stringify(error)).not.toContain('hush');
});

test('text that is no JSON is refused with its place, and not quoted', () => {
  const error = refusal('{\n  "workspaces": { sk-0123456789 }\n}');
  expect(error?.message).toBe("The workspaces' file is no JSON at line 2, column 19");
  expect(JSON.stringify(error)).not.toContain('0123456789');
  const short = refusal('{ "a": sk-1 }')?.message;
  expect(short).toMatch(/^The workspaces' file is no JSON(: unexpected s| at line 1, column 8)$/);
  expect(refusal('{ "workspaces": ')?.message).toMatch(/is no JSON/);
});

test('the key is read from its variable at each call, and the rest goes to the registry', async () => {
  const { fetch, requests } = recordingFetch();
  const settings = fromJSON(`\uFEFF${JSON.stringify(withWorkspace({ models: ['qwen-plus'] }))}`);
  const studio = createWorkspaces({ wire: createToy, fetch, ...settings, region: 'beijing' });
  for (const key of ['sk-one', 'sk-two']) {
    vi.stubEnv('KEY_A', key);
    await studio.workspace('a').chat(hello);
  }
  expect(requests.map(({ key }) => key)).toEqual(['Bearer sk-one', 'Bearer sk-two']);
  await expect(studio.workspace('a').chat({ ...hello, model: 'qwen-max' })).rejects.toMatchObject({
    kind: 'permission-denied',
  });
});
