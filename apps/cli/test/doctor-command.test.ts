import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmulatorConfig } from '@qwire/emulator';
import type { CheckReport } from '@qwire/workspaces';
import { afterEach, describe, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../bin/qwire.js', import.meta.url));
const preload = new URL('answer-from-config.mjs', import.meta.url).href;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  /** The service's hosts are answered by it. */
  readonly emulator?: EmulatorConfig;
  readonly env?: NodeJS.ProcessEnv;
  /** Ctrl-C is given once this was written. */
  readonly interruptAt?: RegExp;
}

/** Runs `qwire doctor` as its users do, with no variable of the service but the ones given, and nobody to ask. */
async function doctor(
  args: readonly string[],
  { emulator, env, interruptAt }: Setting = {},
): Promise<Finished> {
  const { FORCE_COLOR: _, NO_COLOR: __, COLUMNS: ___, ...rest } = process.env;
  const others = Object.entries(rest).filter(([name]) => !name.startsWith('DASHSCOPE_'));
  const child = spawn(
    process.execPath,
    [...(emulator ? ['--import', preload] : []), bin, 'doctor', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...Object.fromEntries(others),
        ...(emulator && { EMULATOR_CONFIG: JSON.stringify(emulator) }),
        ...env,
      },
    },
  );
  const written = { stdout: '', stderr: '' };
  let isDue = interruptAt !== undefined;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (data: Buffer) => {
      written[name] += data.toString();
      if (!isDue || !interruptAt?.test(written[name])) return;
      isDue = false;
      child.kill('SIGINT');
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...written };
}

async function file(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qwire-doctor-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  const path = join(folder, 'workspaces.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The address of a server on this machine. */
async function serve(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}`, close };
}

/** A service of Singapore with a workspace in each state that a service can be in. */
const emulator: EmulatorConfig = {
  region: 'singapore',
  workspaces: [
    { id: 'llm-good', name: 'good', apiKeys: ['sk-good'], models: '*' },
    { id: 'llm-granted', name: 'granted', apiKeys: ['sk-granted'], models: ['qwen-plus'] },
    { id: 'llm-arrears', name: 'arrears', apiKeys: ['sk-arrears'], models: '*', standing: 'arrears' },
    { id: 'llm-free', name: 'free', apiKeys: ['sk-free'], models: '*', standing: 'free-tier-used-up' },
    { id: 'llm-new', name: 'new', apiKeys: ['sk-new'], models: '*' },
    {
      id: 'llm-busy',
      name: 'busy',
      apiKeys: ['sk-busy'],
      models: '*',
      limits: [{ models: '*', requests: 0 }],
    },
  ],
  replies: [{ workspace: 'new', error: 'unpurchased' }],
};

const keys = {
  KEY_GOOD: 'sk-good',
  KEY_GRANTED: 'sk-granted',
  KEY_ARREARS: 'sk-arrears',
  KEY_FREE: 'sk-free',
  KEY_NEW: 'sk-new',
  KEY_BUSY: 'sk-busy',
  KEY_NOBODY: 'sk-nobody',
  KEY_QUOTED: '"sk-good"',
  KEY_PLAN: 'sk-sp-good',
};

const good = { apiKeyFrom: 'KEY_GOOD' };

describe.each(['dashscope', 'openai-compatible'])('over %s', (wire) => {
  test('each state of the service and of the way to it is told apart', async () => {
    const proxy = await serve((_, outgoing) =>
      outgoing.writeHead(401, { 'content-type': 'text/html' }).end('<title>Please log in</title>'),
    );
    cleanups.push(proxy.close);
    const closed = await serve(() => {});
    await closed.close();
    const workspaces = {
      ok: { ...good, models: ['qwen-plus', 'qwq-plus', 'qwen-mt-plus'] },
      'model-not-granted': { apiKeyFrom: 'KEY_GRANTED', models: ['qwen-max'] },
      'model-unknown': { ...good, models: ['qwen-pls'] },
      arrears: { apiKeyFrom: 'KEY_ARREARS' },
      'free-tier-used-up': { apiKeyFrom: 'KEY_FREE' },
      'not-activated': { apiKeyFrom: 'KEY_NEW' },
      'rate-limited': { apiKeyFrom: 'KEY_BUSY' },
      'key-refused': { apiKeyFrom: 'KEY_NOBODY' },
      'missing-key': { apiKeyFrom: 'KEY_UNSET' },
      'malformed-key': { apiKeyFrom: 'KEY_QUOTED' },
      'plan-key': { apiKeyFrom: 'KEY_PLAN' },
      'key-of-another-region': { ...good, region: 'virginia' },
      'workspace-denied': { ...good, workspaceId: 'llm-granted', workspaceIn: 'header' },
      'endpoint-of-another-workspace': { ...good, workspaceId: 'llm-granted' },
      'wrong-path': { ...good, baseURL: 'https://dashscope-intl.aliyuncs.com/v1' },
      'blocked-network': { ...good, baseURL: closed.url },
      'blocked-network by a page': { ...good, baseURL: proxy.url },
      'budget-spent': { ...good, budget: { amount: 0, currency: 'USD', per: 'day' } },
      'not-checked': { ...good, models: ['qwen-image'] },
    };
    const config = await file({ region: 'singapore', workspaces });
    const args = [
      '--config',
      config,
      '--wire',
      wire,
      '--yes',
      '--json',
      '--try-regions',
      'singapore,beijing',
    ];
    const { code, stdout, stderr } = await doctor(args, { emulator, env: keys });
    const report = JSON.parse(stdout) as CheckReport;
    const found = Object.groupBy(report.findings, ({ workspace }) => workspace);
    const verdicts = Object.entries(found).map(([name, own]) => [
      name,
      [...new Set(own?.map((each) => each.verdict))],
    ]);
    expect(Object.fromEntries(verdicts)).toEqual(
      Object.fromEntries(Object.keys(workspaces).map((name) => [name, [name.split(' ')[0]]])),
    );
    expect(report.findings.find(({ region }) => region !== undefined)?.region).toBe('ap-southeast-1');
    expect([code, report.confirmed]).toEqual([1, true]);
    expect(stdout + stderr).not.toMatch(new RegExp(Object.values(keys).join('|')));
  });
});

test('a workspace that may call everything leaves with 0', async () => {
  const { code, stdout } = await doctor(['--yes'], {
    emulator,
    env: { DASHSCOPE_API_KEY: 'sk-good', DASHSCOPE_API_REGION: 'singapore' },
  });
  expect(stdout).toBe('default\n  ✓ qwen-plus: may be called\n\nOf 1 checked: 1 may be called.\n');
  expect(code).toBe(0);
});

test('what it would cost is shown first, and without a yes nothing is called', async () => {
  const config = await file({
    region: 'singapore',
    workspaces: {
      good,
      mine: { ...good, models: ['my-model', 'qwen-max'] },
      far: { ...good, region: 'virginia' },
    },
  });
  const { code, stdout, stderr } = await doctor(['--config', config], { emulator, env: keys });
  expect(stderr).toMatch(
    /^4 calls of one token would prove the rest:\n {2}good {2}qwen-plus {2}USD 0\.0000\d+\n/,
  );
  expect(stderr).toMatch(/mine {2}my-model {3}not priced\n/);
  expect(stderr).toMatch(
    /Together about USD 0\.000\d+, by the prices of 20[\d-]+\. Not priced, which is\nnot free: my-model, qwen-plus in us-east-1\./,
  );
  expect(stderr).toContain('Nobody can be asked here, so no call was made; --yes makes them.');
  expect(stdout).toContain('? qwen-plus: not checked\n      No call was made.');
  expect(code).toBe(1);
});

test('a verdict is printed with the step to take and who can take it, in lines that fit', async () => {
  const config = await file({
    region: 'singapore',
    workspaces: { marketing: { apiKeyFrom: 'KEY_GRANTED', models: ['qwen-plus', 'qwen-max', 'qwen-turbo'] } },
  });
  const { stdout, stderr } = await doctor(['--config', config, '--yes'], {
    emulator,
    env: { ...keys, COLUMNS: '44' },
  });
  expect(Math.max(...`${stdout}${stderr}`.split('\n').map((line) => line.length))).toBeLessThanOrEqual(44);
  const words = stdout.replace(/\s+/g, ' ');
  expect(words).toContain(
    '✓ qwen-plus: may be called ✗ qwen-max: not granted to the workspace The service said: Model access denied.',
  );
  expect(words).toContain('→ In the console, grant the right to call qwen-max to the workspace of this key.');
  expect(words).toContain('Who: a super administrator: the main account,');
  expect(words).toContain(
    '→ As for qwen-max. Of 3 checked: 1 may be called; 2 may not, and somebody has to act.',
  );
  expect(stdout).not.toContain('\u001b[');
});

test('there are colors when they are asked for', async () => {
  const env = { DASHSCOPE_API_KEY: 'sk-good', DASHSCOPE_API_REGION: 'singapore', FORCE_COLOR: '1' };
  expect((await doctor(['--yes'], { emulator, env })).stdout).toContain('\u001b[32m✓');
});

test('where a refused key would be sent too is said before', async () => {
  const { stderr } = await doctor(['--try-regions'], {
    emulator,
    env: { DASHSCOPE_API_KEY: 'sk-nobody', DASHSCOPE_API_REGION: 'singapore' },
  });
  expect(stderr.replace(/\s+/g, ' ')).toContain(
    'A key that is refused will also be sent, with one such call, to: dashscope-intl.aliyuncs.com, dashscope.aliyuncs.com, dashscope-us.aliyuncs.com',
  );
});

test('only the workspaces and models that are named are checked', async () => {
  const config = await file({
    region: 'singapore',
    workspaces: { good, other: { ...good, models: ['qwen-plus'] } },
  });
  const args = ['--config', config, '--yes', '--json', '-w', 'other', '-m', 'qwen-max', '-m', 'qwen-plus'];
  const { stdout } = await doctor(args, { emulator, env: keys });
  const { findings } = JSON.parse(stdout) as CheckReport;
  expect(findings.map(({ workspace, model, verdict }) => [workspace, model, verdict])).toEqual([
    ['other', 'qwen-max', 'not-on-list'],
    ['other', 'qwen-plus', 'ok'],
  ]);
});

test('Ctrl-C ends it, and what is done so far is reported', async () => {
  const config = await file({
    region: 'singapore',
    workspaces: { good: { ...good, models: ['qwen-plus', 'qwen-max'] } },
  });
  const slow: EmulatorConfig = {
    ...emulator,
    replies: [{ model: 'qwen-max', text: 'x', fault: { delayMs: 60_000 } }],
  };
  const { code, stdout, stderr } = await doctor(['--config', config, '--yes'], {
    emulator: slow,
    env: keys,
    interruptAt: /by the prices/,
  });
  expect(stderr).toContain('Stopping.');
  expect(stdout).toMatch(/qwen-max: not checked\n {6}The check was ended before\./);
  expect(code).toBe(130);
});

test('a listing of the service resolves patterns, page by page', async () => {
  const paths: string[] = [];
  const service = await serve((incoming, outgoing) => {
    paths.push(`${incoming.url} ${incoming.headers.authorization}`);
    const page = Number(new URL(incoming.url ?? '', 'http://a').searchParams.get('page_no') ?? 1);
    const models = [{ model: `qwen3-vl-${page}` }, { model: 'qwen-plus' }];
    const body =
      incoming.url?.includes('compatible') || incoming.url === '/compatible-mode/v1/models'
        ? { object: 'list', data: [{ id: 'qwen3-vl-1' }, { id: 'qwen3-vl-1' }] }
        : { output: { total: 4, page_no: page, page_size: 2, models } };
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  cleanups.push(service.close);
  const config = await file({ workspaces: { a: { ...good, baseURL: service.url, models: ['qwen3-vl-*'] } } });
  const modelsOver = async (wire: string) => {
    const { stdout } = await doctor(['--config', config, '--json', '--wire', wire], { env: keys });
    return (JSON.parse(stdout) as CheckReport).findings.map(({ model, listed }) => [model, listed]);
  };
  expect(await modelsOver('dashscope')).toEqual([
    ['qwen3-vl-1', true],
    ['qwen3-vl-2', true],
  ]);
  expect(await modelsOver('openai-compatible')).toEqual([['qwen3-vl-1', true]]);
  expect(paths).toEqual([
    '/api/v1/models?page_no=1&page_size=100 Bearer sk-good',
    '/api/v1/models?page_no=2&page_size=100 Bearer sk-good',
    '/compatible-mode/v1/models Bearer sk-good',
  ]);
});

test.each<[readonly string[], unknown, RegExp, number?]>([
  [['--config', 'nowhere.json'], undefined, /^nowhere\.json: there is no such file\. One can look so/],
  [[], undefined, /^There are no workspaces yet\. Set DASHSCOPE_API_KEY and DASHSCOPE_API_REGION/],
  [
    [],
    '{ "workspaces": { "a": sk-secret } }',
    /workspaces\.json: The workspaces' file is no JSON(: unexpected s| at line 1, column 24)\n$/,
  ],
  [
    [],
    { workspaces: { a: { apiKey: 'sk-secret' } } },
    /workspaces\.json: workspaces\.a\.apiKey: holds a key.*\nPut the key into an environment variable/,
  ],
  [
    [],
    { workspaces: { a: { ...good, modles: [] } } },
    /workspaces\.a\.modles: is not known here\. Known: apiKeyFrom,/,
  ],
  [
    ['-w', 'god'],
    { region: 'singapore', workspaces: { good } },
    /^There is no workspace "god"\nDid you mean "good"\?/,
  ],
  [['--wire', 'soap'], undefined, /Allowed choices are dashscope, openai-compatible/, 2],
  [['--try-regions', 'mars'], undefined, /is invalid\. Use singapore, beijing/, 2],
])(
  '%j with %j is answered with what is wrong and nothing else',
  async (args, content, message, exitCode = 1) => {
    const config = content === undefined ? [] : ['--config', await file(content)];
    const { code, stdout, stderr } = await doctor([...args, ...config]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/sk-secret| {4}at /);
    expect([code, stdout]).toEqual([exitCode, '']);
  },
);

test('help shows every option and how to begin', async () => {
  const { code, stdout } = await doctor(['--help']);
  expect(code).toBe(0);
  for (const word of [
    '--config',
    '--wire',
    '--workspace',
    '--model',
    '--try-regions',
    '--yes',
    '--json',
    'Examples:',
  ]) {
    expect(stdout).toContain(word);
  }
});
