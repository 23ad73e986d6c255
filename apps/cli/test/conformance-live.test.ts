import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ClientDriver,
  type DriftReport,
  driftMarkdown,
  hasDrift,
  type LiveOptions,
  loadCases,
  planLive,
  runLive,
  serviceAddress,
  toLiveRegion,
} from '@qwire/conformance';
import { createEmulator, type Emulator, type EmulatorConfig, sampleConfig } from '@qwire/emulator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownDrivers } from '../src/conformance/own-drivers.ts';
import { interruptCommand, runCommand } from './run-command.ts';

const cases = loadCases();
const region = toLiveRegion('singapore-is-not-an-id', {
  models: { text: 'qwen-turbo' },
  prices: { currency: 'USD', models: { 'qwen-turbo': { input: 0.05, output: 0.2 } } },
});
const key = 'sk-default';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

interface Service {
  readonly url: string;
  readonly emulator: Emulator;
}

/** The emulator's sample in the place of the service, with something changed. */
async function serve(change: Partial<EmulatorConfig> = {}): Promise<Service> {
  const emulator = createEmulator({ ...sampleConfig, ...change } as EmulatorConfig);
  const running = await emulator.listen();
  cleanups.push(() => running.close());
  return { url: running.url, emulator };
}

interface Run extends Partial<Pick<LiveOptions, 'maxCalls' | 'maxCost' | 'signal' | 'onEntry'>> {
  readonly filter?: string;
  readonly drivers?: readonly ClientDriver[];
}

function run({ url }: Service, options: Run = {}): Promise<DriftReport> {
  const { filter, drivers = ownDrivers, maxCalls = 100, maxCost = 1, ...rest } = options;
  const setup = {
    keys: { accepted: key, restricted: null, rejected: 'sk-00000000' },
    models: region.models,
    workspaces: { foreign: null },
  };
  const plan = planLive({ drivers, cases, setup, region, maxCalls, maxCost, filter });
  const address = serviceAddress({ baseURL: url, environment: {} });
  return runLive({ plan, address, setup, region, cases, maxCalls, maxCost, ...rest });
}

function verdicts({ entries }: DriftReport, verdict: string): string[] {
  return entries.filter((entry) => entry.verdict === verdict).map((entry) => entry.case);
}

test('a service that keeps to the documents shows no drift, and each call is counted', async () => {
  const service = await serve();
  const report = await run(service);
  expect(verdicts(report, 'drift')).toEqual([]);
  expect(verdicts(report, 'error')).toEqual([]);
  expect(hasDrift(report)).toBe(false);
  expect(report.calls).toBe(service.emulator.requests.length);
  expect(report.calls).toBeGreaterThan(20);
  expect(report.cost).toBeGreaterThan(0);
  expect(report.cost).toBeLessThanOrEqual(report.estimate);
});

test('each answer is limited, so that a call keeps to its cost class', async () => {
  const service = await serve();
  await run(service, { filter: 'chat/text' });
  expect(service.emulator.requests.map(({ body }) => body)).toMatchObject([
    { model: 'qwen-turbo', max_tokens: 100 },
    { model: 'qwen-turbo', parameters: { max_tokens: 100 } },
  ]);
});

test('a drift says what the document says, what the service sent and what the adapter did', async () => {
  const service = await serve({ quirks: { flatNativeErrors: 'always' } });
  const report = await run(service, { filter: 'errors/rejected-key' });
  expect(verdicts(report, 'drift')).toContain('openai-compatible/errors/rejected-key');
  expect(report.entries[0]).toMatchObject({
    document: {
      says: ['fails, authentication, 401, invalid_api_key'],
      sources: [{ url: expect.stringMatching(/^https:/), retrievedOn: '2026-11-22' }],
    },
    service: { status: 401, requests: 1, body: expect.stringContaining('"code":"InvalidApiKey"') },
    adapter: {
      differences: [{ path: 'error.code', expected: 'invalid_api_key', actual: 'InvalidApiKey' }],
      outcome: { ended: 'failed' },
    },
  });
  const markdown = driftMarkdown(report);
  expect(markdown).toContain('The document says:\n- fails, authentication, 401, invalid_api_key');
  expect(markdown).toContain('The service sent: status 401, application/json');
  expect(markdown).toContain(
    'The client saw: failed\n- error.code: expected "invalid_api_key", got "InvalidApiKey"',
  );
  expect(hasDrift(report)).toBe(true);
});

test('bytes that an adapter forgives are a drift of the service', async () => {
  const service = await serve({ replies: [{ fault: { framing: { crlf: true } } }] });
  const report = await run(service, { filter: 'stream/text-with-usage' });
  expect(report.entries).toMatchObject([
    { verdict: 'drift', adapter: { differences: [] }, service: { differences: [{ path: 'body' }] } },
    { verdict: 'drift', adapter: { differences: [] }, service: { differences: [{ path: 'body' }] } },
  ]);
});

test('what an adapter gets wrong is a drift of the adapter', async () => {
  const [own] = ownDrivers;
  if (!own) throw new Error('no driver');
  const deaf: ClientDriver = {
    ...own,
    async perform(call, surroundings) {
      const outcome = await own.perform(call, surroundings);
      return { ...outcome, response: { ...outcome.response, requestId: undefined } };
    },
  };
  const report = await run(await serve(), { drivers: [deaf], filter: 'chat/text' });
  expect(report.entries).toMatchObject([
    {
      verdict: 'drift',
      service: { differences: [] },
      adapter: { differences: [{ path: 'response.requestId' }] },
    },
  ]);
});

describe('ceilings:', () => {
  test('no more calls are made than allowed, and the others are named', async () => {
    const service = await serve();
    const report = await run(service, { maxCalls: 3 });
    expect(service.emulator.requests).toHaveLength(3);
    expect(report.calls).toBe(3);
    expect(
      report.entries.filter(({ because }) => because === '3 calls are the ceiling').length,
    ).toBeGreaterThan(10);
  });

  test('nothing that costs is called where nothing may be spent', async () => {
    const service = await serve();
    const report = await run(service, { maxCost: 0 });
    expect(report.estimate).toBe(0);
    expect(service.emulator.usage().filter(({ calls }) => calls > 0)).toEqual([]);
  });

  test('a client that calls more often than planned is stopped at the ceiling', async () => {
    const [own] = ownDrivers;
    if (!own) throw new Error('no driver');
    const eager: ClientDriver = {
      ...own,
      async perform(call, surroundings) {
        for (let call_ = 0; call_ < 4; call_ += 1) await own.perform(call, surroundings);
        return own.perform(call, surroundings);
      },
    };
    const service = await serve();
    const report = await run(service, { drivers: [eager], maxCalls: 3 });
    expect(service.emulator.requests).toHaveLength(3);
    expect(report.entries.at(-1)).toMatchObject({ verdict: 'not-asked' });
  });

  test('a service that uses more than estimated is left alone after that', async () => {
    const service = await serve({ replies: [{ text: 'Hi', usage: { outputTokens: 9_000_000 } }] });
    const report = await run(service, { maxCost: 1, filter: 'chat/' });
    expect(service.emulator.requests).toHaveLength(1);
    expect(report.cost).toBeCloseTo(1.8, 1);
    expect(report.entries.at(-1)).toMatchObject({ because: 'earlier calls have used up the ceilings' });
  });
});

test('a run that is stopped reports what is done so far', async () => {
  const stop = new AbortController();
  const report = await run(await serve(), { signal: stop.signal, onEntry: () => stop.abort() });
  expect(report.interrupted).toBe(true);
  expect(verdicts(report, 'as-documented')).toEqual(['openai-compatible/chat/text']);
  expect(hasDrift(report)).toBe(true);
});

test('a key that the service echoes is not in the report', async () => {
  const error = { status: 400, code: 'InvalidParameter', message: `Your key ${key} is odd` };
  const report = await run(await serve({ replies: [{ error }] }), { filter: 'chat/text' });
  expect(JSON.stringify(report) + driftMarkdown(report)).not.toContain(key);
  expect(verdicts(report, 'drift')).toHaveLength(2);
});

describe('qwire conformance --live', { timeout: 60_000 }, () => {
  let output: string;

  beforeEach(async () => {
    output = await mkdtemp(join(tmpdir(), 'drift-report-'));
    cleanups.push(() => rm(output, { recursive: true }));
  });

  function variables({ url }: Service): NodeJS.ProcessEnv {
    return { STUDIO_KEY: key, DASHSCOPE_COMPATIBLE_BASE_URL: url, DASHSCOPE_HTTP_BASE_URL: url };
  }

  const options = ['--live', '--api-key-from', 'STUDIO_KEY'];

  test('says what it may cost before it calls, counts along, and writes the report', async () => {
    const service = await serve();
    const args = [...options, '--filter', '/text', '--output', output];
    const { code, stdout, stderr } = await runCommand(args, variables(service));
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^Calls to http:\S+ and http:\S+\n\d+ calls \(\d+ small, 2 thinking\), at most USD 0\.\d{4} by the prices of ap-southeast-1 of 2026-05-27\.\nCeilings: 60 calls, USD 0\.0500\.\n1\/\d+ calls: 1, USD 0\.0000 {2}openai-compatible\/chat\/text: as documented\n/,
    );
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain(key);
    expect(code).toBe(0);
    const report = readFileSync(join(output, 'drift-report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ driftReportVersion: 1, interrupted: false });
    expect(report).not.toContain(key);
    expect(readFileSync(join(output, 'drift-report.md'), 'utf8')).toContain(
      '| dashscope/chat/text | @qwire/dashscope | as-documented | small |',
    );
  });

  test('fails when there is drift, and shows it', async () => {
    const service = await serve({ quirks: { flatNativeErrors: 'always' } });
    const args = [...options, '--filter', 'errors/rejected-key', '--output', output];
    const { code, stdout } = await runCommand(args, variables(service));
    expect(stdout).toContain('## openai-compatible/errors/rejected-key (@qwire/openai-compatible)');
    expect(code).toBe(1);
  });

  test('writes what is done so far when Ctrl-C stops it', async () => {
    const service = await serve({ replies: [{ fault: { delayMs: 300 } }] });
    const args = [...options, '--output', output];
    const { code, stdout } = await interruptCommand(args, /1\/\d+ calls/, variables(service));
    expect(stdout).toContain('The run was stopped before its end.');
    expect(code).toBe(130);
    expect(JSON.parse(readFileSync(join(output, 'drift-report.json'), 'utf8'))).toMatchObject({
      interrupted: true,
    });
  });

  test('needs a key, a region, and a price, and says so', async () => {
    const service = await serve();
    const { STUDIO_KEY: _, ...others } = variables(service);
    expect(await runCommand(options, others)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'A live run needs a key: set STUDIO_KEY, or name another variable with --api-key-from',
      ),
    });
    expect(await runCommand(options, { STUDIO_KEY: key })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Give --region or --base-url, or set DASHSCOPE_API_REGION'),
    });
    expect(
      await runCommand([...options, '--region', 'tokyo', '--workspace', 'llm-a'], { STUDIO_KEY: key }),
    ).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'The cheapest model of ap-northeast-1 is not known. Name it, and its price, in a setup file',
      ),
    });
  });
});
