import { QwireError, Secret } from '@qwire/core';
import { afterEach, expect, test, vi } from 'vitest';
import { createPriceBook } from '../cost/create-price-book.ts';
import { createMemoryStore } from '../ledger/create-memory-store.ts';
import { createWorkspaces } from '../registry/create-workspaces.ts';
import { createToy } from '../registry/toy-wire.fixture.ts';
import type { WorkspacesOptions } from '../registry/workspace-options.ts';
import type { ProofPlan } from './plan-proofs.ts';

afterEach(() => vi.unstubAllEnvs());

interface Asked {
  readonly host: string;
  readonly key: string;
  readonly model: string;
}

const refusals = {
  key: [401, 'InvalidApiKey', 'Invalid API-key provided.'],
  model: [403, 'Model.AccessDenied', 'Model access denied.'],
  busy: [503, 'ModelUnavailable', 'Model is unavailable.'],
} as const;

/** A registry whose calls are answered by what `answer` says of them: a refusal, or one token. */
function studio(
  workspaces: WorkspacesOptions['workspaces'],
  answer: (asked: Asked) => keyof typeof refusals | undefined = () => undefined,
  more: Partial<WorkspacesOptions> = {},
) {
  const asked: Asked[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { model } = JSON.parse(await request.text()) as Asked;
    const key = request.headers.get('authorization') ?? '';
    const call = { host: new URL(request.url).hostname, key, model };
    asked.push(call);
    const refusal = answer(call);
    if (!refusal) return new Response('data: Hi\n\n', { headers: { 'content-type': 'text/event-stream' } });
    const [status, code, message] = refusals[refusal];
    return new Response(JSON.stringify({ code, message, request_id: 'r-1' }), { status });
  };
  return {
    asked,
    studio: createWorkspaces({ wire: createToy, region: 'singapore', fetch, workspaces, ...more }),
  };
}

const two = {
  default: { apiKey: 'sk-default' },
  marketing: { apiKey: 'sk-marketing', models: ['qwen-plus', 'qwen-max'] },
};

function verdictsOf({
  findings,
}: {
  readonly findings: readonly { workspace: string; model: string; verdict: string }[];
}) {
  return findings.map(({ workspace, model, verdict }) => `${workspace} ${model} ${verdict}`);
}

test('without a yes nothing is called, and the plan says what it would cost', async () => {
  const { studio: workspaces, asked } = studio(two);
  const report = await workspaces.check();
  expect(asked).toEqual([]);
  expect(verdictsOf(report)).toEqual([
    'default qwen-plus not-checked',
    'marketing qwen-plus not-checked',
    'marketing qwen-max not-checked',
  ]);
  expect([report.ok, report.confirmed]).toEqual([false, false]);
  expect(report.plan).toMatchObject({
    calls: [{ workspace: 'default', model: 'qwen-plus', region: 'ap-southeast-1' }, {}, {}],
    costs: [{ currency: 'USD', amount: expect.stringMatching(/^0\.000\d+$/) }],
    unpriced: [],
    priceTables: [expect.stringMatching(/^\d{4}-\d\d/)],
  });
});

test('the plan is reckoned by the prices of today', async () => {
  const free = {
    models: 'qwen-plus',
    date: '2999-01-01',
    currency: 'USD',
    tiers: [{ input: '0', output: '0' }],
  };
  const prices = createPriceBook({ overrides: [free] });
  const { studio: workspaces } = studio({ default: { apiKey: 'sk-default' } }, undefined, { prices });
  const { plan } = await workspaces.check();
  expect(plan.costs).toEqual([{ currency: 'USD', amount: expect.stringMatching(/^0\.000\d+$/) }]);
});

test('a proof is left for good, also where calls that are left are read to their end', async () => {
  const left = vi.fn();
  const thoughts = () =>
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(new TextEncoder().encode('data: Hm\n\n'));
      },
      cancel: left,
    });
  const ledger = createMemoryStore();
  const workspaces = createWorkspaces({
    wire: createToy,
    region: 'singapore',
    fetch: async () => new Response(thoughts(), { headers: { 'content-type': 'text/event-stream' } }),
    workspaces: { default: { apiKey: 'sk-default' } },
    ledger,
    whenLeft: 'drain',
    drainTimeoutMs: 500,
  });
  const report = await workspaces.check({ confirm: true });
  expect(verdictsOf(report)).toEqual(['default qwen-plus ok']);
  expect(left).toHaveBeenCalled();
  expect(await ledger.records()).toMatchObject([{ outcome: 'cancelled', unpriced: 'incomplete' }]);
});

test.each<[object, RegExp]>([
  [{ models: [] }, /models: must be a list of one text or more/],
  [{ workspaces: [] }, /workspaces: must be a list of one text or more/],
  [{ onFinding: 5 }, /onFinding: must be a function/],
  [{ listModels: 'all' }, /listModels: must be a function/],
])('refuses the options %j by name', async (options, message) => {
  const { studio: workspaces } = studio(two);
  await expect(workspaces.check(options)).rejects.toMatchObject({
    kind: 'configuration',
    message: expect.stringMatching(message),
  });
});

test('the plan comes before the first call, and a no ends it there', async () => {
  const { studio: workspaces, asked } = studio(two);
  const plans: ProofPlan[] = [];
  const confirm = (answer: boolean) => (plan: ProofPlan) => {
    plans.push(plan);
    expect(asked).toEqual([]);
    return answer;
  };
  await workspaces.check({ confirm: confirm(false) });
  expect(asked).toEqual([]);
  await workspaces.check({ confirm: confirm(true) });
  expect([plans.length, asked.length]).toEqual([2, 3]);
});

test('one call proves each model, with the key of its workspace', async () => {
  const { studio: workspaces, asked } = studio(two, ({ model }) =>
    model === 'qwen-max' ? 'model' : undefined,
  );
  const report = await workspaces.check({ confirm: true });
  expect(verdictsOf(report)).toEqual([
    'default qwen-plus ok',
    'marketing qwen-plus ok',
    'marketing qwen-max model-not-granted',
  ]);
  expect(report.findings[2]).toMatchObject({
    standing: 'wrong',
    step: expect.stringContaining('grant the right to call qwen-max'),
    who: expect.stringMatching(/super administrator/),
    detail: 'The service said: Model access denied. [Model.AccessDenied] (status 403, request r-1)',
    error: { kind: 'permission-denied', code: 'Model.AccessDenied', status: 403, requestId: 'r-1' },
  });
  expect(asked.map(({ key, model }) => `${key} ${model}`).sort()).toEqual([
    'Bearer sk-default qwen-plus',
    'Bearer sk-marketing qwen-max',
    'Bearer sk-marketing qwen-plus',
  ]);
});

test('models without a price are named as such, and not counted as free', async () => {
  const { studio: workspaces } = studio({ a: { apiKey: 'sk-1', models: ['my-model'] } });
  const { plan } = await workspaces.check();
  expect(plan).toMatchObject({
    costs: [],
    unpriced: ['my-model'],
    calls: [{ unpriced: expect.any(String) }],
  });
  expect(plan.calls[0]?.cost).toBeUndefined();
});

test('a refused key goes to no other host unless regions are named', async () => {
  const { studio: workspaces, asked } = studio({ a: { apiKey: 'sk-1' } }, () => 'key');
  const report = await workspaces.check({ confirm: true });
  expect(asked.map(({ host }) => host)).toEqual(['dashscope-intl.aliyuncs.com']);
  expect(report.findings[0]).toMatchObject({
    verdict: 'key-refused',
    title: 'key not accepted here',
    detail: expect.stringContaining('Other regions were not tried.'),
  });
});

test('a key of another region is found there, and tried in named regions only', async () => {
  const { studio: workspaces, asked } = studio(
    { a: { apiKey: 'sk-1', models: ['qwen-plus', 'qwen-max'] } },
    ({ host }) => (host === 'dashscope.aliyuncs.com' ? 'model' : 'key'),
  );
  const report = await workspaces.check({
    confirm: true,
    tryRegions: ['virginia', 'singapore', 'beijing', 'hongkong'],
  });
  expect(asked.map(({ host }) => host)).toEqual([
    'dashscope-intl.aliyuncs.com',
    'dashscope-us.aliyuncs.com',
    'dashscope.aliyuncs.com',
  ]);
  expect(verdictsOf(report)).toEqual([
    'a qwen-plus key-of-another-region',
    'a qwen-max key-of-another-region',
  ]);
  expect(report.findings[0]).toMatchObject({
    region: 'cn-beijing',
    step: expect.stringContaining('to cn-beijing'),
  });
  expect(report.findings[1]?.detail).toBe('As found with qwen-plus.');
  expect(report.plan.tryRegions).toEqual(['us-east-1', 'ap-southeast-1', 'cn-beijing', 'cn-hongkong']);
});

test('a key that no named region knows says where it was tried, and where nothing could be told', async () => {
  const { studio: workspaces } = studio({ a: { apiKey: 'sk-1' } }, () => 'key');
  const { findings } = await workspaces.check({ confirm: true, tryRegions: ['beijing', 'frankfurt'] });
  expect(findings[0]).toMatchObject({
    verdict: 'key-refused',
    detail: expect.stringMatching(
      /Not known either in: cn-beijing\. No answer about it from: eu-central-1\.$/,
    ),
  });
});

test('a region that the environment allows no client for is one that tells nothing', async () => {
  vi.stubEnv('DASHSCOPE_WORKSPACE', 'llm-a');
  const both = { a: { apiKey: 'sk-1', workspaceId: 'llm-a' }, b: { apiKey: 'sk-2', workspaceId: 'llm-b' } };
  const { studio: workspaces } = studio(both, () => 'key');
  const { findings } = await workspaces.check({ confirm: true, tryRegions: ['beijing'] });
  expect(findings[0]?.detail).toMatch(/No answer about it from: cn-beijing\.$/);
});

test("a plan's key and a foreign one are not sent to the service's ordinary hosts", async () => {
  const { studio: workspaces, asked } = studio({
    plan: { apiKey: 'sk-sp-1' },
    foreign: { apiKey: 'ghp_1' },
    gateway: { apiKey: 'gateway-1', baseURL: 'https://gateway.example' },
  });
  const report = await workspaces.check({ confirm: true });
  expect(verdictsOf(report)).toEqual([
    'plan qwen-plus plan-key',
    'foreign qwen-plus malformed-key',
    'gateway qwen-plus ok',
  ]);
  expect(asked.map(({ key }) => key)).toEqual(['Bearer gateway-1']);
  expect(JSON.stringify(report)).not.toMatch(/sk-sp-1|ghp_1|gateway-1/);
});

test('a key that is missing names what it should come from', async () => {
  const { studio: workspaces } = studio({ a: { apiKey: '', apiKeyFrom: 'KEY_A' } });
  const { findings, plan } = await workspaces.check({ confirm: true });
  expect(findings[0]).toMatchObject({
    verdict: 'missing-key',
    detail: 'The source of the key gave nothing. It should come from KEY_A.',
  });
  expect(plan.calls).toEqual([]);
});

test('a secret store that gives nothing ends no check', async () => {
  const { studio: registry, asked } = studio({
    hangs: { apiKey: () => new Promise<string>(() => {}), apiKeyFrom: 'the vault' },
    fails: { apiKey: async () => Promise.reject(new Error('sealed, as is sk-secret')) },
    throws: {
      apiKey: () => {
        throw new Error('sk-secret');
      },
    },
    blank: { apiKey: async () => ' \n' },
    good: { apiKey: async () => 'sk-good' },
  });
  const report = await registry.check({ confirm: true, timeouts: { connectMs: 20 } });
  expect(verdictsOf(report)).toEqual([
    'hangs qwen-plus missing-key',
    'fails qwen-plus missing-key',
    'throws qwen-plus missing-key',
    'blank qwen-plus missing-key',
    'good qwen-plus ok',
  ]);
  expect(report.findings[0]?.detail).toBe(
    'The function that returns the key gave nothing within 20 ms. It should come from the vault.',
  );
  expect(JSON.stringify(report)).not.toContain('sk-secret');
  expect(asked.map(({ key }) => key)).toEqual(['Bearer sk-good']);
});

test('a check that is ended waits for no secret store', async () => {
  const { studio: registry } = studio({ hangs: { apiKey: () => new Promise<string>(() => {}) } });
  const controller = new AbortController();
  const pending = registry.check({ confirm: true, signal: controller.signal });
  controller.abort();
  const { findings } = await pending;
  expect(findings).toMatchObject([{ verdict: 'not-checked', detail: 'The check was ended before.' }]);
});

test('a model that is not on the list is as intended, and not called', async () => {
  const { studio: workspaces, asked } = studio(two);
  const report = await workspaces.check({ confirm: true, models: ['qwen-turbo'] });
  expect(verdictsOf(report)).toEqual(['default qwen-turbo ok', 'marketing qwen-turbo not-on-list']);
  expect([report.ok, asked.length]).toEqual([true, 1]);
  const without = await workspaces.check({ models: ['qwen-turbo'] });
  expect(verdictsOf(without)).toEqual(['default qwen-turbo not-checked', 'marketing qwen-turbo not-on-list']);
  expect(without.plan.calls).toHaveLength(1);
});

test('a call of a check is not repeated', async () => {
  const { studio: workspaces, asked } = studio({ a: { apiKey: 'sk-1' } }, () => 'busy');
  expect(verdictsOf(await workspaces.check({ confirm: true }))).toEqual(['a qwen-plus service-failed']);
  expect(asked).toHaveLength(1);
});

test('what holds for the whole workspace is asked once', async () => {
  const { studio: workspaces, asked } = studio(
    { a: { apiKey: 'sk-1', models: ['qwen-plus', 'qwen-max', 'qwen-vl-max'] } },
    () => 'key',
  );
  const report = await workspaces.check({ confirm: true });
  expect(report.findings.map(({ verdict }) => verdict)).toEqual([
    'key-refused',
    'key-refused',
    'key-refused',
  ]);
  expect(asked).toHaveLength(1);
});

test('the listing is a hint: it resolves patterns, and the call decides', async () => {
  const { studio: workspaces, asked } = studio(
    { a: { apiKey: 'sk-1', models: ['qwen-plus', 'qwen3-*'] } },
    ({ model }) => (model === 'qwen3-max' ? 'model' : undefined),
  );
  const listModels = vi.fn(async () => ['qwen3-max', 'qwen-turbo']);
  const before = await workspaces.check({ listModels });
  expect(before.findings.map(({ model, listed, detail }) => [model, listed, detail])).toEqual([
    ['qwen-plus', false, expect.stringContaining('does not list it')],
    ['qwen3-max', true, expect.stringContaining('lists it for this key, which is only a hint')],
  ]);
  expect(asked).toEqual([]);
  expect(listModels).toHaveBeenCalledWith(
    expect.objectContaining({ apiKey: expect.any(Secret), region: 'singapore' }),
    {},
  );
  const proven = await workspaces.check({ listModels, confirm: true });
  expect(verdictsOf(proven)).toEqual(['a qwen-plus ok', 'a qwen3-max model-not-granted']);
});

test('a listing that fails changes nothing', async () => {
  const { studio: workspaces } = studio({ a: { apiKey: 'sk-1' } });
  const listModels = () =>
    Promise.reject(new QwireError('Not found!', { kind: 'invalid-request', status: 404 }));
  expect(verdictsOf(await workspaces.check({ listModels, confirm: true }))).toEqual(['a qwen-plus ok']);
});

test('a configuration that makes no client is a finding', async () => {
  vi.stubEnv('DASHSCOPE_WORKSPACE', 'llm-default');
  const { studio: workspaces, asked } = studio({
    a: { apiKey: 'sk-1' },
    b: { apiKey: 'sk-2', workspaceId: 'llm-b' },
  });
  const report = await workspaces.check({ confirm: true });
  expect(verdictsOf(report)).toEqual(['a qwen-plus misconfigured', 'b qwen-plus ok']);
  expect(report.findings[0]?.step).toMatch(/unset it, or give each workspace/);
  expect(asked).toHaveLength(1);
});

test('a region that is not set is a finding, not a guess', async () => {
  vi.stubEnv('DASHSCOPE_API_REGION', '');
  const workspaces = createWorkspaces({ wire: createToy, workspaces: { a: { apiKey: 'sk-1' } } });
  const { findings } = await workspaces.check({ confirm: true });
  expect(findings[0]).toMatchObject({ verdict: 'misconfigured', step: expect.stringContaining('region') });
});

test('a check that is ended reports what it found, and the rest as not checked', async () => {
  const controller = new AbortController();
  const { studio: workspaces } = studio({ a: { apiKey: 'sk-1', models: ['qwen-plus', 'qwen-max'] } });
  const seen: string[] = [];
  const report = await workspaces.check({
    confirm: true,
    signal: controller.signal,
    onFinding: ({ model }) => {
      seen.push(model);
      controller.abort();
    },
  });
  expect(verdictsOf(report)).toEqual(['a qwen-plus ok', 'a qwen-max not-checked']);
  expect(seen).toEqual(['qwen-plus', 'qwen-max']);
});

test('a call that is under way when the check is ended is not checked either', async () => {
  const controller = new AbortController();
  const { studio: workspaces } = studio({ a: { apiKey: 'sk-1' } }, () => {
    controller.abort();
    return 'busy';
  });
  const report = await workspaces.check({ confirm: true, signal: controller.signal });
  expect(verdictsOf(report)).toEqual(['a qwen-plus not-checked']);
});

test("calls pass the workspace's interceptors, so a spent budget is found as one", async () => {
  const spent = () => () =>
    Promise.reject(new QwireError('The budget is spent', { kind: 'budget-exceeded' }));
  const { studio: workspaces, asked } = studio({ a: { apiKey: 'sk-1' } }, undefined, {
    interceptorsFor: () => [spent],
  });
  expect(verdictsOf(await workspaces.check({ confirm: true }))).toEqual(['a qwen-plus budget-spent']);
  expect(asked).toEqual([]);
});

test('only the named workspaces are checked, and an unknown name is refused', async () => {
  const { studio: workspaces } = studio(two);
  expect(verdictsOf(await workspaces.check({ workspaces: ['default'] }))).toEqual([
    'default qwen-plus not-checked',
  ]);
  await expect(workspaces.check({ workspaces: ['defualt'] })).rejects.toMatchObject({
    hint: expect.stringContaining('Did you mean "default"?'),
  });
});

test.each([
  ['model', { model: 'qwen-plus' }],
  ['models', { models: 'qwen-plus' }],
  ['confirm', { confirm: 'yes' }],
  ['tryRegions', { tryRegions: ['mars'] }],
])('the option %s is refused in %j', async (field, options) => {
  const { studio: workspaces } = studio(two);
  await expect(workspaces.check(options as never)).rejects.toMatchObject({ kind: 'configuration', field });
});
