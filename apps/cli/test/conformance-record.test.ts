import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecorder, type Kept, serviceAddress, startRecording } from '@qwire/conformance';
import { createDashScope } from '@qwire/dashscope';
import { createEmulator, type EmulatorConfig, sampleConfig } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { interruptCommand, runCommand } from './run-command.ts';

const key = 'sk-4f1c9a7e2b6d4e0fa1b2c3d4e5f60718';
const cleanups: (() => unknown)[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  cleanups.push(() => rm(folder, { recursive: true }));
});

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function serve(change: Partial<EmulatorConfig> = {}): Promise<string> {
  const workspaces = [{ id: 'llm-secretplace', name: 'one', apiKeys: [key], models: '*' as const }];
  const running = await createEmulator({ ...sampleConfig, workspaces, ...change } as EmulatorConfig).listen();
  cleanups.push(() => running.close());
  return running.url;
}

/** Everything on the disk below the folder. */
function written(root = folder): string {
  return readdirSync(root, { withFileTypes: true })
    .map((entry) => {
      const path = join(root, entry.name);
      return `${path}\n${entry.isDirectory() ? written(path) : readFileSync(path, 'latin1')}`;
    })
    .join('\n');
}

async function record(url: string, call: (baseURL: string) => Promise<unknown>): Promise<Kept[]> {
  const kept: Kept[] = [];
  const running = await startRecording({
    address: serviceAddress({ baseURL: url, environment: {} }),
    recorder: createRecorder({ folder }),
    onKept: (result) => kept.push(result),
  });
  await call(new URL(running.baseURLs.dashscope ?? '').origin);
  await running.stop();
  return kept;
}

const request = { model: 'qwen-plus', messages: [{ role: 'user', content: '你是谁' }] } as const;

test('a client works through the recorder as without it, on both wires', async () => {
  const texts: string[] = [];
  const kept = await record(await serve(), async (origin) => {
    const native = createDashScope({ apiKey: key, baseURL: `${origin}/api/v1` });
    const compatible = createOpenAICompatible({ apiKey: key, baseURL: `${origin}/compatible-mode/v1` });
    texts.push((await native.chat(request)).text);
    for await (const text of compatible.stream(request).textStream) texts.push(text);
  });
  expect(texts.join('')).toBe('我是通义千问，阿里云研发的大语言模型。'.repeat(2));
  expect(kept).toHaveLength(2);
  expect(written()).toContain(Buffer.from('通义').toString('latin1'));
});

test('a stream is kept with its bytes and the times of its chunks', async () => {
  const [kept] = await record(await serve({ frameDelayMs: 2 }), async (origin) => {
    const client = createDashScope({ apiKey: key, baseURL: `${origin}/api/v1` });
    await client.stream(request).response();
  });
  if (!kept || 'withheld' in kept) throw new Error('not kept');
  const recording = JSON.parse(readFileSync(join(kept.folder, 'exchange.json'), 'utf8'));
  const body = readFileSync(join(kept.folder, 'reply.sse'));
  const chunks: { bytes: number; atMs: number }[] = recording.reply.chunks;
  expect(body.toString('utf8')).toMatch(/^id:1\nevent:result\n:HTTP_STATUS\/200\ndata:\{/);
  expect(chunks.length).toBeGreaterThan(3);
  expect(chunks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(body.length);
  expect(chunks.map(({ atMs }) => atMs)).toEqual(chunks.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  expect(recording.request).toMatchObject({
    path: '/services/aigc/text-generation/generation',
    headers: { 'x-dashscope-sse': 'enable' },
    body: { model: 'qwen-plus' },
  });
});

test('no key and no id of anybody is on the disk, though the service echoes them', async () => {
  const error = {
    status: 400,
    code: 'Odd',
    message: `key ${key}, ${encodeURIComponent(btoa(`u:${key}`))}, llm-secretplace`,
  };
  const kept = await record(await serve({ replies: [{ when: 'echo', error }] }), async (origin) => {
    const client = createOpenAICompatible({ apiKey: key, baseURL: `${origin}/compatible-mode/v1` });
    const messages = [{ role: 'user', content: `echo ${key}` }] as const;
    await expect(client.chat({ model: 'qwen-plus', messages })).rejects.toThrow('key');
  });
  expect(kept).toHaveLength(1);
  const text = written();
  expect(text).toContain('[key]');
  expect(text).not.toMatch(/4f1c9a7e|secretplace|\bsk-[A-Za-z0-9]{6}/);
  expect(text).not.toContain(btoa(`u:${key}`).slice(4, 30));
});

test('what belongs to neither wire goes nowhere', async () => {
  const kept = await record(await serve(), async (origin) => {
    expect((await fetch(`${origin}/somewhere`)).status).toBe(404);
  });
  expect(kept).toEqual([]);
});

test('a service that cannot be reached breaks the connection, and nothing is kept', async () => {
  const kept = await record('http://127.0.0.1:4', async (origin) => {
    await expect(fetch(`${origin}/api/v1/models`)).rejects.toThrow('fetch failed');
  });
  expect(kept).toEqual([{ withheld: 'there was no reply' }]);
});

describe('qwire conformance --record', { timeout: 60_000 }, () => {
  test('keeps what a client exchanges until Ctrl-C', async () => {
    const args = ['--record', folder, '--base-url', await serve(), '--port', '0'];
    const { code, stdout } = await interruptCommand(args, /Ctrl-C stops it/, {}, async (output) => {
      const baseURL =
        /http:\S+\/api\/v1(?=\n)/g.exec(output.slice(output.indexOf('Point a client')))?.[0] ?? '';
      await createDashScope({ apiKey: key, baseURL }).chat(request);
    });
    expect(stdout).toMatch(
      /dashscope {2}200 {2}\/services\/aigc\/text-generation\/generation {2}\S+-001-dashscope\n/,
    );
    expect(stdout).toContain('Stopped. 1 kept, 0 withheld.');
    expect(code).toBe(0);
    expect(written()).not.toContain(key);
  });

  test('says that nobody called', async () => {
    const args = ['--record', folder, '--base-url', await serve(), '--port', '0'];
    const { code, stdout } = await interruptCommand(args, /Ctrl-C stops it/);
    expect(stdout).toContain('Stopped. Nobody called.');
    expect(code).toBe(0);
  });

  test('does not write among the cases', async () => {
    const into = join(folder, 'cases');
    const { code, stderr } = await runCommand(['--record', into, '--base-url', await serve()]);
    expect(stderr).toContain('recordings are not written among the cases');
    expect(code).toBe(1);
    expect(existsSync(into)).toBe(false);
  });

  test('says that its port is taken', async () => {
    const url = await serve();
    const { port } = new URL(url);
    const { code, stderr } = await runCommand(['--record', folder, '--base-url', url, '--port', port]);
    expect(stderr).toContain(`Port ${port} is taken; give another one with --port`);
    expect(code).toBe(1);
  });

  test('keeps the exchanges of a live run as well', async () => {
    const url = await serve();
    const args = [
      '--live',
      '--record',
      folder,
      '--base-url',
      url,
      '--filter',
      'chat/text',
      '--output',
      folder,
    ];
    const { code, stdout } = await runCommand(args, { DASHSCOPE_API_KEY: key });
    expect(stdout).toContain(`Recordings for review are in ${folder}.`);
    expect(code).toBe(0);
    expect(readdirSync(folder).filter((name) => /-00[12]-/.test(name))).toHaveLength(2);
    expect(written()).not.toContain(key);
  });
});
