import { type ClientOptions, type Interceptor, QwireError } from '@qwire/core';
import { afterEach, expect, test, vi } from 'vitest';
import { createPriceBook } from '../cost/create-price-book.ts';
import { createToyClient, say, someUsage } from '../ledger/toy-service.fixture.ts';
import { createWorkspaces } from './create-workspaces.ts';
import type { LimitWindow } from './shared-limits.ts';
import { createToy, hello, recordingFetch } from './toy-wire.fixture.ts';
import type { NamedWorkspace } from './workspace-options.ts';

afterEach(() => vi.unstubAllEnvs());

function studio(more: object = {}, answer?: () => Response) {
  const { fetch, requests } = recordingFetch(answer);
  const workspaces = createWorkspaces({
    wire: createToy,
    region: 'singapore',
    fetch,
    maxRetries: 0,
    workspaces: {
      default: { apiKey: 'sk-default' },
      marketing: { apiKey: () => 'sk-marketing', models: ['qwen-plus', 'qwen3-vl-*'], tags: { team: 'ads' } },
    },
    ...more,
  });
  return { workspaces, requests };
}

async function errorOf(work: Promise<unknown>): Promise<QwireError> {
  const error: unknown = await work.then(undefined, (reason: unknown) => reason);
  if (!QwireError.is(error)) throw new Error('no QwireError', { cause: error });
  return error;
}

test('each workspace calls with its own key', async () => {
  const { workspaces, requests } = studio();
  await workspaces.workspace('default').chat(hello);
  await workspaces.workspace('marketing').chat(hello);
  expect(requests.map(({ key }) => key)).toEqual(['Bearer sk-default', 'Bearer sk-marketing']);
  expect(workspaces.names).toEqual(['default', 'marketing']);
});

test('a client is made when it is first asked for, and once', () => {
  const wire = vi.fn(createToy);
  const { workspaces } = studio({ wire });
  expect(wire).not.toHaveBeenCalled();
  expect(workspaces.workspace('marketing')).toBe(workspaces.workspace('marketing'));
  expect(wire).toHaveBeenCalledTimes(1);
});

test("a workspace's region, id and base URL win over the registry's region", async () => {
  const { workspaces, requests } = studio({
    workspaces: {
      here: { apiKey: 'sk-1' },
      there: { apiKey: 'sk-2', region: 'cn-beijing' },
      own: { apiKey: 'sk-3', workspaceId: 'llm-own' },
      header: { apiKey: 'sk-4', workspaceId: 'llm-own', workspaceIn: 'header' },
      gateway: { apiKey: 'sk-5', baseURL: 'https://gateway.example/v1' },
    },
  });
  for (const name of workspaces.names) await workspaces.workspace(name).chat(hello);
  expect(requests.map(({ url }) => url)).toEqual([
    'https://dashscope-intl.aliyuncs.com/toy/say',
    'https://dashscope.aliyuncs.com/toy/say',
    'https://llm-own.ap-southeast-1.maas.aliyuncs.com/toy/say',
    'https://dashscope-intl.aliyuncs.com/toy/say',
    'https://gateway.example/v1/say',
  ]);
});

test('a key that rotates is asked for at each try', async () => {
  const keys = ['sk-old', 'sk-new'];
  const { workspaces, requests } = studio(
    { maxRetries: 1, workspaces: { default: { apiKey: async () => keys.shift() } } },
    () => new Response('', { status: 503, headers: { 'retry-after-ms': '1' } }),
  );
  await errorOf(workspaces.workspace('default').chat(hello));
  expect(requests.map(({ key }) => key)).toEqual(['Bearer sk-old', 'Bearer sk-new']);
});

test('a workspace without a key borrows none, and its error says whose is missing', async () => {
  vi.stubEnv('DASHSCOPE_API_KEY', 'sk-of-another');
  const { workspaces, requests } = studio({ workspaces: { marketing: { apiKey: () => undefined } } });
  const error = await errorOf(workspaces.workspace('marketing').chat(hello));
  expect(error).toMatchObject({
    kind: 'configuration',
    workspace: 'marketing',
    message: 'workspaces.marketing.apiKey: there is no API key',
    hint: expect.not.stringContaining('DASHSCOPE_API_KEY'),
  });
  expect(requests).toEqual([]);
});

test.each(['chat', 'stream', 'embed'] as const)(
  'a model that is not on the list is refused before the network: %s',
  async (operation) => {
    const { workspaces, requests } = studio();
    const client = workspaces.workspace('marketing');
    const error = await errorOf(
      operation === 'chat'
        ? client.chat({ ...hello, model: 'qwen-max' })
        : operation === 'stream'
          ? client.stream({ ...hello, model: 'qwen-max' }).response()
          : client.embed({ model: 'qwen-max', input: ['Hi'] }),
    );
    expect(error).toMatchObject({
      kind: 'permission-denied',
      workspace: 'marketing',
      message: '"qwen-max" is not on the list of workspace "marketing": qwen-plus, qwen3-vl-*',
      hint: expect.stringMatching(/workspaces\.marketing\.models.*super administrator/),
      status: undefined,
      code: undefined,
    });
    expect(requests).toEqual([]);
  },
);

test('a model that an interceptor puts in place of another one is held to the list as well', async () => {
  const swap: Interceptor = (next) => (call) =>
    call.operation === 'embed' || call.operation === 'other'
      ? next(call)
      : next({ ...call, request: { ...call.request, model: 'qwen-max' } });
  const { workspaces, requests } = studio({ interceptors: [swap] });
  const error = await errorOf(workspaces.workspace('marketing').chat(hello));
  expect(error.message).toContain('"qwen-max" is not on the list');
  expect(requests).toEqual([]);
});

test('a pattern on the list stands for every model that it fits', async () => {
  const { workspaces } = studio();
  const reply = await workspaces.workspace('marketing').chat({ ...hello, model: 'qwen3-vl-flash' });
  expect(reply.text).toBe('fine');
});

test("the service's refusal carries the workspace's name, and keeps the service's words", async () => {
  const body = { code: 'Model.AccessDenied', message: 'Model access denied.', request_id: 'r-1' };
  const { workspaces } = studio({}, () => new Response(JSON.stringify(body), { status: 403 }));
  expect(await errorOf(workspaces.workspace('default').chat(hello))).toMatchObject({
    kind: 'permission-denied',
    code: 'Model.AccessDenied',
    status: 403,
    requestId: 'r-1',
    workspace: 'default',
  });
});

test("a failure in the middle of a stream carries the workspace's name", async () => {
  const frames = 'data: a\n\ndata: fail\n\n';
  const { workspaces } = studio(
    {},
    () => new Response(frames, { headers: { 'content-type': 'text/event-stream' } }),
  );
  const seen: string[] = [];
  const error = await errorOf(
    (async () => {
      for await (const text of workspaces.workspace('default').stream(hello).textStream) seen.push(text);
    })(),
  );
  expect([seen, error.workspace]).toEqual([['a'], 'default']);
});

test('interceptors made for a workspace know it, without its key, and come last', async () => {
  const order: string[] = [];
  const note =
    (text: string): Interceptor =>
    (next) =>
    (call) => {
      order.push(text);
      return next(call);
    };
  const seen: NamedWorkspace[] = [];
  const { workspaces } = studio({
    interceptors: [note('shared')],
    interceptorsFor: (workspace: NamedWorkspace) => {
      seen.push(workspace);
      return [note('own')];
    },
  });
  await workspaces.workspace('marketing').chat(hello);
  expect(order).toEqual(['shared', 'own']);
  await errorOf(workspaces.workspace('marketing').chat({ ...hello, model: 'qwen-max' }));
  expect(order).toEqual(['shared', 'own', 'shared']);
  expect(seen).toEqual([
    {
      name: 'marketing',
      models: ['qwen-plus', 'qwen3-vl-*'],
      tags: { team: 'ads' },
      region: 'ap-southeast-1',
    },
  ]);
});

test('the ledger keeps every call under its workspace and tags, and costs are asked of it', async () => {
  const { workspaces } = studio();
  await workspaces.workspace('marketing').chat(hello);
  await workspaces.workspace('default').chat(hello);
  await errorOf(workspaces.workspace('marketing').chat({ ...hello, model: 'qwen-max' }));
  const { groups } = await workspaces.costs({ by: ['workspace', 'tag:team'] });
  expect(groups.map(({ key, calls }) => [key, calls])).toEqual([
    [{ workspace: 'default', 'tag:team': undefined }, 1],
    [{ workspace: 'marketing', 'tag:team': 'ads' }, 1],
  ]);
});

test("a workspace is held to its budget, and its errors carry the workspace's name", async () => {
  const budget = { amount: '0.00000001', currency: 'USD', per: 'month' } as const;
  const { workspaces, requests } = studio({
    workspaces: { a: { apiKey: 'sk-1', budget }, b: { apiKey: 'sk-2' } },
    modelLimits: () => ({ maxInputTokens: 1_000, maxOutputTokens: 1_000, thinking: 'never' }),
  });
  const error = await errorOf(workspaces.workspace('a').chat(hello));
  expect(error).toMatchObject({ kind: 'budget-exceeded', workspace: 'a' });
  expect(requests).toEqual([]);
  expect(await workspaces.budget('a')).toMatchObject({ spent: { amount: '0', currency: 'USD' } });
  expect(await workspaces.budget('b')).toBeUndefined();
});

const minute = 60_000;

test('limits of a workspace hold for each of its models, and for no other workspace', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  try {
    const { workspaces, requests } = studio({
      workspaces: {
        a: { apiKey: 'sk-a', limits: [{ models: '*', requests: 1 }] },
        b: { apiKey: 'sk-b' },
      },
    });
    const sent = () => requests.map(({ key, body }) => `${key?.slice(-1)} ${JSON.parse(body).model}`).sort();
    const calls = [
      workspaces.workspace('a').chat(hello),
      workspaces.workspace('a').chat(hello),
      workspaces.workspace('a').chat({ ...hello, model: 'qwen-max' }),
      workspaces.workspace('b').chat(hello),
      workspaces.workspace('b').chat(hello),
    ];
    await vi.advanceTimersByTimeAsync(minute - 1);
    expect(sent()).toEqual(['a qwen-max', 'a qwen-plus', 'b qwen-plus', 'b qwen-plus']);
    await vi.advanceTimersByTimeAsync(10);
    expect(sent()).toHaveLength(5);
    await Promise.all(calls);
  } finally {
    vi.useRealTimers();
  }
});

test('a call that waits for its turn holds no budget', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const { workspaces } = studio({
      modelLimits: () => ({ maxInputTokens: 1_000, maxOutputTokens: 1_000, thinking: 'never' }),
      workspaces: {
        a: {
          apiKey: 'sk-a',
          limits: [{ models: '*', requests: 1 }],
          budget: { amount: 1, currency: 'USD', per: 'day' },
        },
      },
    });
    const client = workspaces.workspace('a');
    await client.chat(hello);
    // What a reply without a usage may have cost stays reserved.
    const before = await workspaces.budget('a');
    const waiting = client.chat(hello);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await workspaces.budget('a')).toEqual(before);
    await vi.advanceTimersByTimeAsync(minute);
    await waiting;
  } finally {
    vi.useRealTimers();
  }
});

test('limits are counted by the limiters that are made for them, under a prefix for each window', async () => {
  const windows: LimitWindow[] = [];
  const keys: string[] = [];
  const own = { consume: async (key: string) => ({ msBeforeNext: 1, own: keys.push(`own ${key}`) }) };
  const { workspaces } = studio({
    shareLimits: (window: LimitWindow) => {
      windows.push(window);
      return {
        consume: async (key: string) => ({ msBeforeNext: 1, of: keys.push(`${window.keyPrefix} ${key}`) }),
      };
    },
    workspaces: {
      a: {
        apiKey: 'sk-a',
        limits: [
          { models: 'qwen-*', requests: 300, windowMs: 1_000 },
          { models: ['qwen-plus'], requests: 600, tokens: 90_000 },
          { models: '*', requests: own },
        ],
      },
    },
  });
  await workspaces.workspace('a').chat(hello);
  expect(windows).toEqual([
    { points: 300, duration: 1, keyPrefix: 'qwire-300-in-1s' },
    { points: 600, duration: 60, keyPrefix: 'qwire-600-in-60s' },
    { points: 90_000, duration: 60, keyPrefix: 'qwire-90000-in-60s' },
  ]);
  expect(keys).toEqual([
    'qwire-300-in-1s a:qwen-plus:requests',
    'qwire-600-in-60s a:qwen-plus:requests',
    'own a:qwen-plus:requests',
    'qwire-90000-in-60s a:qwen-plus:tokens',
  ]);
});

test("the registry's onThreshold is for budgets that have none of their own", async () => {
  const seen: string[] = [];
  const rates = { models: 'toy', date: '2026-01-01', currency: 'USD', tiers: [{ input: '1', output: '1' }] };
  const budget = { amount: '0.000001', currency: 'USD', per: 'day', hard: false } as const;
  const workspaces = createWorkspaces({
    wire: (options) => createToyClient(options).client,
    region: 'singapore',
    prices: createPriceBook({ overrides: [rates] }),
    onThreshold: ({ workspace, threshold }) => void seen.push(`all: ${workspace} ${threshold}`),
    workspaces: {
      a: { apiKey: 'sk-1', budget },
      b: {
        apiKey: 'sk-2',
        budget: { ...budget, onThreshold: ({ workspace }) => void seen.push(`own: ${workspace}`) },
      },
      c: { apiKey: 'sk-3' },
    },
  });
  for (const name of workspaces.names) await workspaces.workspace(name).chat(say({ usage: someUsage }));
  expect(seen).toEqual(['all: a 0.8', 'all: a 1', 'own: b', 'own: b']);
});

test.each([
  [{ baseURL: 'https://dashscope.aliyuncs.com/api/v1' }, 'cn-beijing'],
  [{ baseURL: 'https://llm-a.eu-central-1.maas.aliyuncs.com' }, 'eu-central-1'],
  [{ baseURL: 'http://127.0.0.1:4010', region: 'tokyo' }, 'ap-northeast-1'],
  [{ region: 'virginia' }, 'us-east-1'],
  [{}, 'ap-southeast-1'],
] as const)('calls of %j are answered in %s', (more, region) => {
  const interceptorsFor = vi.fn(() => []);
  studio({ interceptorsFor, workspaces: { a: { apiKey: 'sk-1', ...more } } }).workspaces.workspace('a');
  expect(interceptorsFor).toHaveBeenCalledWith(expect.objectContaining({ region }));
});

test('a misspelled name is answered with the one that was probably meant', () => {
  const { workspaces } = studio();
  expect(() => workspaces.workspace('marketng')).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      field: 'workspace',
      message: 'There is no workspace "marketng"',
      hint: 'Did you mean "marketing"? There are "default", "marketing".',
    }),
  );
  expect(() => workspaces.workspace('constructor')).toThrow(/There is no workspace "constructor"/);
});

test('a variable that would name one workspace for all of them is refused', async () => {
  vi.stubEnv('DASHSCOPE_WORKSPACE', 'llm-default');
  const { workspaces } = studio();
  expect(() => workspaces.workspace('marketing')).toThrow(
    expect.objectContaining({ kind: 'configuration', field: 'workspaces.marketing.workspaceId' }),
  );
  const named = studio({
    workspaces: {
      none: { apiKey: 'sk-1', workspaceId: null },
      own: { apiKey: 'sk-2', workspaceId: 'llm-own' },
    },
  });
  for (const name of named.workspaces.names) await named.workspaces.workspace(name).chat(hello);
  expect(named.requests.map(({ url }) => new URL(url).host)).toEqual([
    'dashscope-intl.aliyuncs.com',
    'llm-own.ap-southeast-1.maas.aliyuncs.com',
  ]);
  const alone = studio({ workspaces: { default: { apiKey: 'sk-1' } } });
  await alone.workspaces.workspace('default').chat(hello);
  expect(alone.requests[0]?.url).toContain('llm-default');
});

test.each<[string, object]>([
  ['wire', { wire: 'dashscope' }],
  ['region', { region: 'mars' }],
  ['wrokspaces', { wrokspaces: {} }],
  ['workspaces', { workspaces: {} }],
  ['workspaces.-a', { workspaces: { '-a': { apiKey: 'sk-1' } } }],
  ['workspaces.a.apiKey', { workspaces: { a: {} } }],
  ['workspaces.a.apikey', { workspaces: { a: { apikey: 'sk-1' } } }],
  ['workspaces.a.region', { workspaces: { a: { apiKey: 'sk-1', region: 'sk-secret' } } }],
  ['workspaces.a.workspaceId', { workspaces: { a: { apiKey: 'sk-1', workspaceId: 'llm.a' } } }],
  ['workspaces.a.workspaceId', { workspaces: { a: { apiKey: 'sk-1', workspaceId: 'sk-secret' } } }],
  ['workspaces.a.workspaceId', { workspaces: { a: { apiKey: 'sk-1', workspaceId: 'st-secret' } } }],
  ['workspaces.a.workspaceIn', { workspaces: { a: { apiKey: 'sk-1', workspaceIn: 'query' } } }],
  ['workspaces.a.baseURL', { workspaces: { a: { apiKey: 'sk-1', baseURL: 'gateway.example' } } }],
  ['workspaces.a.models', { workspaces: { a: { apiKey: 'sk-1', models: [] } } }],
  ['workspaces.a.models', { workspaces: { a: { apiKey: 'sk-1', models: 'qwen-plus' } } }],
  ['workspaces.a.tags', { workspaces: { a: { apiKey: 'sk-1', tags: { team: 7 } } } }],
  ['onThreshold', { onThreshold: 'mail' }],
  ['modelLimits', { modelLimits: {} }],
  ['ledger', { ledger: {} }],
  ['onLedgerError', { onLedgerError: 'print' }],
  ['interceptors', { interceptors: 5 }],
  ['interceptors', { interceptors: ['log'] }],
  ['interceptorsFor', { interceptorsFor: [] }],
  ['shareLimits', { shareLimits: {} }],
  ['workspaces.a.limits', { workspaces: { a: { apiKey: 'sk-1', limits: 60 } } }],
  ['workspaces.a.limits[0].models', { workspaces: { a: { apiKey: 'sk-1', limits: [{ requests: 60 }] } } }],
  [
    'workspaces.a.limits[1].requests',
    {
      workspaces: {
        a: {
          apiKey: 'sk-1',
          limits: [
            { models: '*', requests: 60 },
            { models: '*', requests: 0 },
          ],
        },
      },
    },
  ],
  [
    'workspaces.a.budget.per',
    { workspaces: { a: { apiKey: 'sk-1', budget: { amount: 5, currency: 'USD' } } } },
  ],
  [
    'workspaces.a.budget.amount',
    { workspaces: { a: { apiKey: 'sk-1', budget: { amount: -1, currency: 'USD', per: 'day' } } } },
  ],
])('%s is refused by name, and what it holds is not quoted, in %j', (field, options) => {
  expect(() => studio(options)).toThrow(
    expect.objectContaining({
      kind: 'configuration',
      field,
      message: expect.not.stringMatching(/sk-secret/),
    }),
  );
});

test.each([undefined, null, 5, Symbol('a')])('%o is the name of no workspace', (name) => {
  expect(() => studio().workspaces.workspace(name as unknown as string)).toThrow(
    expect.objectContaining({ kind: 'configuration', field: 'workspace' }),
  );
});

test('interceptors of one workspace must be a list', () => {
  const { workspaces } = studio({ interceptorsFor: () => 5 });
  expect(() => workspaces.workspace('default')).toThrow(
    expect.objectContaining({ kind: 'configuration', field: 'interceptorsFor' }),
  );
});

test("the factory gets the registry's options for clients, and none that is not given", () => {
  const wire = vi.fn((options: ClientOptions) => createToy(options));
  const logger = { debug: () => {}, warn: () => {} };
  studio({ wire, logger, maxRetries: 0 }).workspaces.workspace('default');
  expect(Object.keys(wire.mock.calls[0]?.[0] ?? {}).sort()).toEqual([
    'apiKey',
    'fetch',
    'interceptors',
    'logger',
    'maxRetries',
    'region',
  ]);
});
