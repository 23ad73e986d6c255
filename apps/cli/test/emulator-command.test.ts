import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../bin/qwire.js', import.meta.url));
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

/** A real process of the command line, with what it has written so far. */
class Run {
  output = '';
  errors = '';
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly exit: Promise<number | null>;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}, nodeArgs: readonly string[] = []) {
    const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = process.env;
    this.process = spawn(process.execPath, [...nodeArgs, bin, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...rest, CI: '1', ...env },
    });
    this.process.stdout.on('data', (data: Buffer) => {
      this.output += data.toString();
    });
    this.process.stderr.on('data', (data: Buffer) => {
      this.errors += data.toString();
    });
    this.exit = new Promise((resolve) => this.process.once('close', resolve));
    cleanups.push(() => this.process.kill('SIGKILL'));
  }

  async waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    await expect.poll(() => this.output + this.errors, { timeout: 30_000 }).toMatch(pattern);
    const found = pattern.exec(this.output + this.errors);
    if (found === null) throw new Error('not written');
    return found;
  }
}

async function start(...args: string[]) {
  const run = new Run(['emulator', '--port', '0', ...args]);
  const [, url = ''] = await run.waitFor(/(http:\/\/127\.0\.0\.1:\d+)\/api\/v1\n[\s\S]*Ctrl-C/);
  return { run, url };
}

function ask(url: string, body: object = {}, key = 'sk-marketing') {
  return fetch(`${url}/compatible-mode/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'qwen-plus',
      messages: [{ role: 'user', content: 'Who are you?' }],
      ...body,
    }),
  });
}

async function temporaryFile(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qwire-cli-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

test('serves the sample, writes a line for each call, and stops on Ctrl-C with the bill', async () => {
  const { run, url } = await start();
  expect(run.output).toContain('marketing  llm-marketing  sk-marketing  qwen-plus, qwen3-vl-*');
  expect(run.output).toContain(`curl ${url}/compatible-mode/v1/chat/completions`);
  expect((await ask(url)).status).toBe(200);
  await run.waitFor(/openai-compatible {2}marketing {2}qwen-plus {2}200 {2}\d+ tokens/);
  expect((await ask(url, { model: 'qwen-max', stream: true })).status).toBe(403);
  await run.waitFor(/openai-compatible {2}marketing {2}qwen-max {2}stream {2}403 Model\.AccessDenied/);
  await ask(url, { temprature: 1 });
  await run.waitFor(/ignored temprature/);
  run.process.kill('SIGINT');
  expect(await run.exit).toBe(0);
  expect(run.output).toMatch(/Stopped\. Used:\n.*\n {2}marketing {2}qwen-plus {2}2 {6}0 /);
  expect(run.errors).toBe('');
});

test('stops at once although a stream is open', async () => {
  const file = await temporaryFile(
    'slow.json',
    JSON.stringify({
      region: 'singapore',
      workspaces: [{ id: 'llm-a', apiKeys: ['sk-a'], models: '*' }],
      replies: [{ text: 'a b c', fault: { stallAfterFrames: 1 } }],
    }),
  );
  const { run, url } = await start('--config', file);
  const response = await ask(url, { stream: true }, 'sk-a');
  const reader = response.body?.getReader();
  await reader?.read();
  run.process.kill('SIGTERM');
  expect(await run.exit).toBe(0);
  await expect(reader?.read()).rejects.toThrow();
  expect(run.errors).toBe('');
});

test('takes the next free port and says so', async () => {
  const taken = await listenAnywhere();
  const run = new Run(['emulator', '--port', String(taken.port)]);
  const [, used] = await run.waitFor(new RegExp(`Port ${taken.port} is taken; using (\\d+)\\.`));
  await run.waitFor(/Ctrl-C/);
  expect((await ask(`http://127.0.0.1:${used}`)).status).toBe(200);
});

async function listenAnywhere(): Promise<{ readonly port: number }> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port };
}

test('quiet writes neither calls nor bill', async () => {
  const { run, url } = await start('--quiet');
  await ask(url);
  const before = run.output;
  run.process.kill('SIGINT');
  expect(await run.exit).toBe(0);
  expect(run.output).toBe(before);
});

test('writes no colors into a pipe, and colors when they are asked for', async () => {
  const { run } = await start();
  expect(run.output).not.toContain('\u001b[');
  const colored = new Run(['emulator', '--port', '0'], { FORCE_COLOR: '1' });
  await colored.waitFor(/Ctrl-C/);
  expect(colored.output).toContain('\u001b[');
  const plain = new Run(['emulator', '--port', '0'], { FORCE_COLOR: '1', NO_COLOR: '1' });
  await plain.waitFor(/Ctrl-C/);
  expect(plain.output).not.toContain('\u001b[');
});

test('prints a configuration that it accepts', async () => {
  const print = new Run(['emulator', '--print-config']);
  expect(await print.exit).toBe(0);
  const file = await temporaryFile('emulator.json', print.output);
  const { run, url } = await start('--config', file);
  expect(run.output).toContain(`from ${file}`);
  expect((await ask(url)).status).toBe(200);
});

test.each<[readonly string[], string | RegExp, number?]>([
  [
    ['--config', 'nowhere.json'],
    'nowhere.json: there is no such file. Make one with: qwire emulator --print-config > emulator.json\n',
  ],
  [
    ['--prot', '1'],
    "error: unknown option '--prot'\n(Did you mean --port?)\n(add --help for what there is)\n",
    2,
  ],
  [['--port', '70000'], /is invalid\. Use a number from 0 to 65535/, 2],
  [['extra'], /too many arguments/, 2],
  [['--host', '192.0.2.1', '--port', '0'], /^Cannot listen on 192\.0\.2\.1: .*EADDRNOTAVAIL/],
])('%j is answered with what is wrong and nothing else', async (args, message, exitCode = 1) => {
  const run = new Run(['emulator', ...args]);
  expect(await run.exit).toBe(exitCode);
  expect(run.errors).toMatch(message);
  expect(run.errors).not.toContain('    at ');
  expect(run.output).toBe('');
});

test('a typo in the configuration names the file, the field and the fix', async () => {
  const config = { region: 'singapore', workspaces: [{ id: 'llm-a', apiKey: 'sk-a', models: ['qwen-pls'] }] };
  const file = await temporaryFile('emulator.json', JSON.stringify(config));
  const run = new Run(['emulator', '--config', file]);
  expect(await run.exit).toBe(1);
  expect(run.errors).toBe(
    `${file}: 2 mistakes\n  workspaces[0].apiKeys: is missing; expected a list\n  workspaces[0].apiKey: unknown field; did you mean "apiKeys"?\n`,
  );
});

test('help shows every option and how to begin', async () => {
  const run = new Run(['emulator', '--help']);
  expect(await run.exit).toBe(0);
  for (const word of ['--port', '--host', '--config', '--quiet', '--print-config', 'Examples:']) {
    expect(run.output).toContain(word);
  }
});

test('an old Node is told which one is needed', async () => {
  const older = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '22.17.1' } })`;
  const run = new Run(['emulator'], {}, ['--import', older]);
  expect(await run.exit).toBe(1);
  expect(run.errors).toMatch(
    /^qwire needs Node 22\.18 or newer; this is v[\d.]+\. Get one from https:\/\/nodejs\.org\.\n$/,
  );
});
