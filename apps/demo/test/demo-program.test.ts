import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/demo.mjs', import.meta.url));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

interface Demo {
  readonly child: ChildProcess;
  /** All that was printed so far, on both streams. */
  readonly printed: () => string;
  readonly exitCode: Promise<number | null>;
}

function start(...argv: readonly string[]): Demo {
  const { DASHSCOPE_API_KEY: _key, DASHSCOPE_API_REGION: _region, ...env } = process.env;
  const child = spawn(process.execPath, [script, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  }
  const exitCode = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { child, printed: () => text, exitCode };
}

test('replies over both wires, a refusal with its hint and the console are shown until Ctrl-C', async () => {
  const { child, printed, exitCode } = start('--port', '0');
  await expect.poll(printed, { timeout: 20_000 }).toContain('Ctrl-C stops everything.');
  const text = printed();
  expect(text.match(/I am Qwen, a large language model made by Alibaba Cloud\./g)).toHaveLength(2);
  expect(text).toMatch(/OpenAI-compatible wire {2}qwen-plus in marketing/);
  expect(text).toMatch(/DashScope wire {2}qwen-plus in marketing/);
  expect(text).toMatch(/\d+ tokens in, \d+ out · stop · request id [0-9a-f-]{36}/);
  expect(text).toMatch(/permission-denied {2}Model\.AccessDenied {2}403/);
  expect(text).toMatch(/Hint: .+grant/);
  expect(text).not.toContain('\u001b[');
  expect(text).not.toContain('sk-');

  const url = /Console +(http:\S+)/.exec(text)?.[1] ?? '';
  expect((await fetch(url)).status).toBe(200);
  child.kill('SIGINT');
  expect(await exitCode).toBe(0);
  expect(printed().slice(text.length)).toBe('\nStopping.\n');
  await expect(fetch(url)).rejects.toThrow();
});

test('Ctrl-C ends an answer that is under way', async () => {
  const { child, printed, exitCode } = start('--port', '0');
  await expect.poll(printed, { timeout: 20_000 }).toContain('I am');
  child.kill('SIGTERM');
  expect(await exitCode).toBe(0);
  expect(printed()).not.toMatch(/\n +at /);
});

test('nothing is left over when the program is killed', async () => {
  const { child, printed } = start('--port', '0');
  await expect.poll(printed, { timeout: 20_000 }).toContain('Ctrl-C stops everything.');
  const url = /Console +(http:\S+)/.exec(printed())?.[1] ?? '';
  child.kill('SIGKILL');
  const isServed = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  await expect.poll(isServed, { timeout: 20_000 }).toBe(false);
});

test('what is missing for the service itself is named', async () => {
  const { printed, exitCode } = start('--live');
  expect(await exitCode).toBe(1);
  expect(printed()).toMatch(/DASHSCOPE_API_KEY.*DASHSCOPE_API_REGION/);
  expect(printed()).not.toMatch(/\n +at /);
});

test('a wrong argument is named and the usage printed', async () => {
  const { printed, exitCode } = start('--prot', '1');
  expect(await exitCode).toBe(2);
  expect(printed()).toContain('--prot');
  expect(printed()).toContain('Usage: npm run demo');
});

test('the usage is printed when it is asked for', async () => {
  const { printed, exitCode } = start('--help');
  expect(await exitCode).toBe(0);
  expect(printed()).toContain('--refused-model');
});
