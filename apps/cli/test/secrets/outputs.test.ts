import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  clientDriver,
  createRecorder,
  findSecret,
  htmlReport,
  junitReport,
  keyWritings,
  loadCases,
  matrixMarkdown,
  matrixText,
  printEverything,
  runSuite,
  serviceAddress,
  startRecording,
} from '@qwire/conformance';
import { type ClientOptions, Secret } from '@qwire/core';
import { createDashScope, dashscope } from '@qwire/dashscope';
import { createOpenAICompatible, openAICompatible } from '@qwire/openai-compatible';
import { createWorkspaces } from '@qwire/workspaces';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { places, type RepeatingServer, startRepeatingServer } from './repeating-server.fixture.ts';

const key = 'sk-4f1c9a7e2b6d4e0fa1b2c3d4e5f60718';
const oddKey = `own"key<&'%2B\\u0041+/=${'0a9Z'.repeat(4)}|~`;
const wires = [
  ['dashscope', (options: ClientOptions) => createDashScope(options)],
  ['openai-compatible', (options: ClientOptions) => createOpenAICompatible(options)],
] as const;
const request = { model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }] } as const;
/** Every place with one writing, and every writing in one place. */
const repetitions = [
  ...Object.keys(places).map((place) => ({ place, writing: 'plain' })),
  ...Object.keys(keyWritings).map((writing) => ({ place: 'the message of a refusal', writing })),
];

let server: RepeatingServer;
let isNative = false;
beforeAll(async () => {
  server = await startRepeatingServer();
});
afterAll(() => server.stop());

function repeat({ place, writing }: (typeof repetitions)[number]): void {
  server.answer = ({ key: asked, path }) => {
    isNative = path.startsWith('/api/v1');
    const written = keyWritings[writing]?.(asked) ?? '';
    return places[place]?.({ written, isNative, elsewhere: 'http://127.0.0.1:9' }) ?? { pieces: [] };
  };
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test.each(wires)('a registry, its check and its ledger show no key over %s', async (_, wire) => {
  const outputs: unknown[] = [];
  const seen = [key, oddKey, 'first-of-0123456789', 'second-of-0123456789'];
  const rotating = seen.slice(2);
  const studio = createWorkspaces({
    wire,
    maxRetries: 0,
    logger: { debug: (...line) => outputs.push(line), warn: (...line) => outputs.push(line) },
    interceptorsFor: (workspace) => {
      outputs.push(workspace);
      return [];
    },
    workspaces: {
      text: { apiKey: key, baseURL: server.url, models: ['qwen-plus'] },
      held: { apiKey: new Secret(oddKey), baseURL: server.url, models: ['qwen-plus'] },
      rotating: { apiKey: () => rotating.shift() ?? key, baseURL: server.url, models: ['qwen-plus'] },
    },
  });
  for (const place of ['every other member of a refusal', 'bytes that are no HTTP', 'a redirect elsewhere']) {
    repeat({ place, writing: 'plain' });
    for (const name of studio.names) outputs.push(await failure(studio.workspace(name).chat(request)));
  }
  repeat({ place: 'the message of a refusal', writing: 'plain' });
  const report = await studio.check({ confirm: true, workspaces: ['text', 'held'] });
  const clients = studio.names.map((name) => studio.workspace(name));
  for (const output of [...outputs, studio, clients, report, await studio.costs()]) {
    const printed = printEverything(output);
    for (const secret of seen) expect(findSecret(printed, secret)).toBeUndefined();
  }
});

test('an error shows neither the key of its try nor those of earlier ones', async () => {
  const turns = ['first-of-0123456789', 'second-of-0123456789'];
  const known = [...turns];
  const asked: string[] = [];
  server.answer = ({ key: sent }) => {
    asked.push(sent);
    const body = JSON.stringify({ code: 'Throttling', message: `not ${asked.join(' nor ')}` });
    return { pieces: [`HTTP/1.1 429 No\r\nretry-after: 0\r\ncontent-length: ${body.length}\r\n\r\n${body}`] };
  };
  const logged: unknown[] = [];
  const logger = { debug: () => {}, warn: (...line: unknown[]) => logged.push(line) };
  const apiKey = () => turns.shift();
  const client = createDashScope({ apiKey, baseURL: server.url, maxRetries: 1, logger });
  const error = await failure(client.chat(request));
  expect(asked).toEqual(known);
  expect(error).toMatchObject({ message: 'not [key] nor [key] [Throttling]' });
  for (const secret of known) expect(findSecret(printEverything([error, logged]), secret)).toBeUndefined();
});

test('recordings hold no key, whatever the service repeats', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
  let kept = 0;
  try {
    const running = await startRecording({
      address: serviceAddress({ baseURL: server.url, environment: {} }),
      recorder: createRecorder({ folder }),
      onKept: (result) => {
        if (!('withheld' in result)) kept += 1;
      },
    });
    const baseURL = new URL(running.baseURLs.dashscope ?? '').origin;
    for (const [index, repetition] of repetitions.entries()) {
      repeat(repetition);
      const apiKey = index % 2 === 0 ? key : oddKey;
      await failure(createDashScope({ apiKey, baseURL, maxRetries: 0 }).chat(request));
    }
    await running.stop();
    expect(kept).toBeGreaterThan(repetitions.length / 2);
    const written = everythingIn(folder);
    for (const secret of [key, oddKey]) expect(findSecret(written, secret)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function everythingIn(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(
      ({ name, parentPath }) =>
        `${join(parentPath, name)}\n${readFileSync(join(parentPath, name), 'latin1')}`,
    )
    .join('\n');
}

test('reports on the cases about keys hold none', async () => {
  const drivers = [
    clientDriver({
      name: 'native',
      version: '1',
      wireFormat: 'dashscope',
      supports: dashscope.capabilities,
      createClient: createDashScope,
    }),
    clientDriver({
      name: 'compatible',
      version: '1',
      wireFormat: 'openai-compatible',
      supports: openAICompatible.capabilities,
      createClient: createOpenAICompatible,
    }),
  ];
  const index = loadCases();
  const report = await runSuite({ drivers, carriers: ['loopback'], filter: 'secrets/', cases: index });
  // What they share with the name of a package is no secret.
  const keys = index.cases.flatMap(({ call }) => call.client.apiKey?.split(/conformance\W/).at(-1) ?? []);
  const written = [
    JSON.stringify(report),
    junitReport(report),
    matrixMarkdown(report),
    matrixText(report),
    htmlReport({ ...report }, { cases: [], behaviors: index.behaviors }),
  ].join('\n');
  expect(report.results.length).toBeGreaterThan(10);
  for (const secret of new Set(keys)) expect(findSecret(written, secret)).toBeUndefined();
});

async function run(args: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<string> {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('DASHSCOPE_'));
  const child = spawn(process.execPath, args, { env: { ...Object.fromEntries(others), ...env } });
  child.stdin.end(input);
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (written += String(data)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return `${written}\nexit ${code}`;
}

const bin = fileURLToPath(new URL('../../bin/qwire.js', import.meta.url));
const crash = fileURLToPath(new URL('crash.fixture.mjs', import.meta.url));

test.each([
  { place: 'the message of a refusal', writing: 'as a basic credential' },
  { place: 'a page', writing: 'plain' },
  { place: 'bytes that are no HTTP', writing: 'plain' },
])('the doctor shows no key that comes back in $place', async (repetition) => {
  repeat(repetition);
  for (const arguments_ of [[], ['--json']]) {
    const output = await run([bin, 'doctor', '--yes', ...arguments_], {
      DASHSCOPE_API_KEY: key,
      DASHSCOPE_WORKSPACE_DEFAULT_BASE_URL: server.url,
      DASHSCOPE_WORKSPACE_DEFAULT_MODELS: 'qwen-plus',
    });
    expect(output).toContain('qwen-plus');
    expect(findSecret(output, key)).toBeUndefined();
  }
});

test('a command that is given a key in a wrong place does not show it', async () => {
  const variables = { DASHSCOPE_API_KEY: 'sk-other-0123456789', DASHSCOPE_API_REGION: key };
  const output = await run([bin, 'doctor', '--yes'], variables);
  expect(output).toMatch(/exit [12]$/);
  expect(findSecret(output, key)).toBeUndefined();
});

test.each([
  ['createDashScope', 'bytes that are no HTTP'],
  ['createOpenAICompatible', 'a later frame of a stream'],
])('a program with %s that catches nothing crashes without showing its key', async (create, place) => {
  for (const secret of [key, oddKey]) {
    repeat({ place, writing: 'plain' });
    const output = await run([crash, create, server.url], {}, secret);
    expect(output).toMatch(/QwireError: .*exit 1$/s);
    expect(findSecret(output, secret)).toBeUndefined();
  }
});
