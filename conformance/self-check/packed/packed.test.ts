// What somebody gets who installs this package: packed, installed in an empty folder, and run there against a toy.
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseResult } from '../../src/report/suite-report.ts';

interface Assertion {
  readonly fullName: string;
  readonly status: 'passed' | 'failed' | 'pending';
  readonly failureMessages: readonly string[];
  readonly meta: { readonly conformance?: CaseResult };
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'qwire-outside-'));
let report: Report;

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('outside/', import.meta.url)), folder, { recursive: true });
  await install();
  report = await runVitest();
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('its types are understood there', async () => {
  const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--exactOptionalPropertyTypes'];
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const flags = ['--noEmit', '--allowImportingTsExtensions', '--skipLibCheck', ...options];
  await run(process.execPath, [tsc, ...flags, 'suite.test.ts', 'deviations.test.ts']);
});

test('three lines of vitest hold the toy to every case of its wire, on both carriers', () => {
  const results = resultsOf('suite.test.ts');
  expect(new Set(results.map(({ carrier }) => carrier))).toEqual(new Set(['intercept', 'loopback']));
  expect(new Set(results.map(({ wireFormat }) => wireFormat))).toEqual(new Set(['openai-compatible']));
  const scenarios = results.filter(({ carrier }) => carrier === 'intercept');
  expect(scenarios.length).toBeGreaterThan(100);
});

test.each([
  ['chat/text', 'pass', 'passed'],
  ['stream/text-with-usage', 'pass', 'passed'],
  ['errors/rejected-key', 'pass', 'passed'],
  ['chat/reasoning', 'fail', 'failed'],
  ['tools/one-call', 'not-applicable', 'passed'],
])('%s is judged %s, and its test has %s', (behavior, verdict, status) => {
  const assertions = assertionsOf('suite.test.ts').filter(({ fullName }) =>
    fullName.includes(` ${behavior}: `),
  );
  expect(assertions.map(({ status, meta }) => [meta.conformance?.verdict, status])).toEqual([
    [verdict, status],
    [verdict, status],
  ]);
});

test('a failure says what differs', () => {
  const failed = assertionsOf('suite.test.ts').find(({ fullName }) => fullName.includes(' chat/reasoning: '));
  expect(failed?.failureMessages[0]).toContain('response.reasoning: expected "Three rows of seven');
});

test('a deviation that is true passes as one; one that is not true any more, or is of no case, fails', () => {
  const assertions = assertionsOf('deviations.test.ts');
  const find = (text: string) => assertions.find(({ fullName }) => fullName.includes(text));
  expect(find(' chat/reasoning: ')).toMatchObject({
    status: 'passed',
    meta: { conformance: { verdict: 'deviation' } },
  });
  expect(find(' chat/text: ')).toMatchObject({
    status: 'failed',
    meta: { conformance: { because: 'The case passes, so its deviation has to be removed' } },
  });
  expect(find('each deviation of toy with deviations names a case')?.status).toBe('failed');
});

test('a driver that does not state a capability does not run, and the key is named', () => {
  const { message, assertionResults } = fileOf('undeclared.test.ts');
  expect(assertionResults).toEqual([]);
  expect(message).toContain('The driver of toy is wrong:\nsupports.audio-input: is not stated');
});

/** Installs as anybody would, with the versions of this repository, from the store that it was installed from. */
async function install(): Promise<void> {
  const folders = {
    core: 'packages/core',
    'local-server': 'packages/local-server',
    conformance: 'conformance',
  };
  for (const [name, at] of Object.entries(folders)) {
    if (!existsSync(join(root, at, 'dist')))
      throw new Error(`${at} is not built; run pnpm build there first`);
    await run('pnpm', ['pack', '--out', join(folder, `${name}.tgz`)], join(root, at));
  }
  const core = 'file:./core.tgz';
  const manifest = {
    name: 'outside',
    private: true,
    type: 'module',
    dependencies: { '@qwire/core': core },
    devDependencies: { '@qwire/conformance': 'file:./conformance.tgz', vitest: versionOf('vitest') },
  };
  const settings = {
    overrides: { '@qwire/core': core, '@qwire/local-server': 'file:./local-server.tgz' },
    allowBuilds: { esbuild: false, msw: false },
    pmOnFail: 'ignore',
    nodeVersion: process.versions.node,
    trustLockfile: true,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  // JSON is YAML.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings));
  copyFileSync(join(root, 'pnpm-lock.yaml'), join(folder, 'pnpm-lock.yaml'));
  const { stdout: store } = await run('pnpm', ['store', 'path'], root);
  await run('pnpm', ['install', '--no-frozen-lockfile', '--prefer-offline', '--store-dir', store.trim()]);
}

function versionOf(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}

/** All tests of the folder; that some fail is what is wanted. */
async function runVitest(): Promise<Report> {
  const file = join(folder, 'report.json');
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const output = ['--reporter', 'json', '--outputFile', file];
  const failed = await run(process.execPath, [vitest, 'run', ...output]).catch((error: Error) => error);
  if (!existsSync(file)) throw failed;
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function fileOf(name: string): Report['testResults'][number] {
  const found = report.testResults.find((result) => result.name.endsWith(`/${name}`));
  if (!found) throw new Error(`${name} was not run`);
  return found;
}

function assertionsOf(name: string): readonly Assertion[] {
  return fileOf(name).assertionResults;
}

function resultsOf(name: string): CaseResult[] {
  return assertionsOf(name).flatMap(({ meta }) => meta.conformance ?? []);
}

async function run(command: string, args: readonly string[], cwd = folder) {
  const shell = process.platform === 'win32';
  try {
    return await promisify(execFile)(command, args, { cwd, shell, env: environment(), maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}${stderr ?? error}`, {
      cause: error,
    });
  }
}

/** Without what this run of vitest, and of pnpm, left there for those that they start. */
function environment(): NodeJS.ProcessEnv {
  const inherited = /^(VITEST|TEST$|NODE_ENV$|NODE_PATH$|npm_(lifecycle|package|config_user_agent))/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
}
