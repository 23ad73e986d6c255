import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkServer, emulatorSetup, loadCases, type ServerReport, serverFailed } from '@qwire/conformance';
import { createEmulator, type EmulatorConfig, sampleConfig } from '@qwire/emulator';
import { afterEach, describe, expect, test } from 'vitest';
import { ownDrivers } from '../src/conformance/own-drivers.ts';
import { runCommand } from './run-command.ts';

const cases = loadCases();
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

/** The emulator's sample on loopback, with something changed. */
async function serve(change: Partial<EmulatorConfig> = {}): Promise<string> {
  const running = await createEmulator({ ...sampleConfig, ...change } as EmulatorConfig).listen();
  cleanups.push(() => running.close());
  return running.url;
}

/** What differs when every answer of the emulator is changed by a rule. */
async function ask(change: Partial<EmulatorConfig>, filter?: string): Promise<ServerReport> {
  const baseURL = await serve(change);
  return checkServer({ cases, baseURL, idleLimitMs: 300, ...(filter !== undefined && { filter }) });
}

function differing({ results }: ServerReport): string[] {
  return results.filter(({ verdict }) => verdict === 'differs').map((result) => result.case);
}

test('the emulator is a faithful Model Studio on both wires, to the byte and to both adapters', async () => {
  const report = await checkServer({ cases, baseURL: await serve(), drivers: ownDrivers });
  const notFaithful = report.results.filter(({ verdict }) => verdict !== 'faithful');
  expect(notFaithful).toEqual([]);
  expect(serverFailed(report)).toBe(false);
  for (const wire of ['openai-compatible', 'dashscope'])
    expect(report.results.filter(({ wireFormat }) => wireFormat === wire).length).toBeGreaterThan(30);
  expect(report.results.flatMap(({ outcomes }) => outcomes).length).toBeGreaterThan(50);
});

test.each(['--cases', '--deviations'])(
  'a server is not asked with %s, which is for stored replies',
  async (option) => {
    const { code, stderr } = await runCommand(['--base-url', 'http://127.0.0.1:1', option, 'x=y']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`cannot be used with option '${option}`)]);
  },
);

test('a report holds no key', async () => {
  const report = await checkServer({ cases, baseURL: await serve(), drivers: ownDrivers, filter: 'errors/' });
  expect(/sk-(default|marketing|not)/.test(JSON.stringify(report))).toBe(false);
  expect(JSON.stringify(report)).toContain('Bearer [key]');
});

test('an address of one wire is asked for that wire', async () => {
  const report = await checkServer({ cases, baseURL: `${await serve()}/api/v1/`, filter: 'chat/text' });
  expect(report.results.map((result) => result.case)).toEqual(['dashscope/chat/text']);
});

describe('the emulator stays faithful with what differs between places and times:', () => {
  test.each([
    ['documentationLinks', true],
    ['sseErrorBodies', true],
    ['flatNativeErrors', 'never'],
    ['nativeStreamErrors', 'frame'],
    ['nativeUnknownModel', 'InvalidParameter'],
    ['plainTextOnMultimodal', 'refuse'],
    ['unknownParameters', 'refuse'],
  ] as const)('%s is %s', async (quirk, value) => {
    expect(differing(await ask({ quirks: { [quirk]: value } }))).toEqual([]);
  });

  test.each([
    ['bytesPerChunk', 1],
    ['framesPerChunk', 3],
    ['delayMs', 5],
  ] as const)('%s is %s', async (fault, value) => {
    expect(differing(await ask({ replies: [{ fault: { [fault]: value } }] }, 'stream/'))).toEqual([]);
  });
});

describe('the emulator is found unfaithful with', () => {
  const stream = ['openai-compatible/stream/text-with-usage', 'dashscope/stream/text-with-usage'];
  const reply = ['openai-compatible/chat/text', 'dashscope/chat/text'];

  test.each([
    ['line ends of another system', { fault: { framing: { crlf: true } } }, stream],
    ['a byte-order mark', { fault: { framing: { byteOrderMark: true } } }, stream],
    ['blanks in other places', { fault: { framing: { swapSpaces: true } } }, stream],
    [
      'no blank lines between native frames',
      { fault: { framing: { omitBlankLines: true } } },
      stream.slice(1),
    ],
    ['a stream that ends early', { fault: { endAfterFrames: 2 } }, stream],
    ['a stream without any frame', { fault: { endAfterFrames: 0 } }, stream],
    ['a connection that breaks', { fault: { disconnectAfterFrames: 2 } }, stream],
    ['a stream that goes silent', { fault: { stallAfterFrames: 2 } }, stream],
    ['an error after text', { fault: { errorAfterFrames: { frames: 2, error: 'internal-error' } } }, stream],
    ['a refusal where an answer is due', { error: 'rate-quota' }, [...stream, ...reply]],
    [
      'a tool call that is only announced',
      { text: 'Let me look.', finishReason: 'tool_calls' },
      [...stream, ...reply],
    ],
    ['nothing said', { text: '' }, [...stream, ...reply]],
    [
      'more thinking than output',
      { text: 'Hi', usage: { outputTokens: 1, reasoningTokens: 9 } },
      [...stream, ...reply],
    ],
    [
      'more cached than read',
      { text: 'Hi', usage: { inputTokens: 1, cachedInputTokens: 9 } },
      [...stream, ...reply],
    ],
  ] as const)('%s', async (_, rule, expected) => {
    const report = await ask({ replies: [rule] } as Partial<EmulatorConfig>, 'text');
    expect(differing(report)).toEqual(expect.arrayContaining([...expected]));
    expect(serverFailed(report)).toBe(true);
  });

  test('errors of the compatible wire without their envelope', async () => {
    const report = await ask({ quirks: { flatNativeErrors: 'always' } }, 'errors/');
    expect(differing(report)).toContain('openai-compatible/errors/rejected-key');
    expect(differing(report).filter((id) => id.startsWith('dashscope/'))).toEqual([]);
  });

  test('a model that was granted after all', async () => {
    const [first, second] = sampleConfig.workspaces;
    const report = await ask({ workspaces: [first, { ...second, models: '*' }] } as Partial<EmulatorConfig>);
    expect(differing(report)).toEqual([
      'openai-compatible/errors/model-access-denied',
      'dashscope/errors/model-access-denied',
    ]);
  });
});

test('what a server has nothing for is not asked, and is said', async () => {
  const baseURL = await serve();
  const setup = { ...emulatorSetup, keys: { ...emulatorSetup.keys, restricted: null } };
  const report = await checkServer({ cases, baseURL, setup, filter: 'model-access-denied' });
  expect(report.results).toMatchObject([
    { verdict: 'not-asked', because: 'the setup gives no keys.restricted' },
    { verdict: 'not-asked', because: 'the setup gives no keys.restricted' },
  ]);
});

describe('qwire conformance --base-url', { timeout: 60_000 }, () => {
  test('says that the emulator is faithful, without colors, and writes the report', async () => {
    const output = await mkdtemp(join(tmpdir(), 'server-report-'));
    cleanups.push(() => rm(output, { recursive: true }));
    const { code, stdout, stderr } = await runCommand(['--base-url', await serve(), '--output', output]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/ \(seen by @qwire\/openai-compatible and @qwire\/dashscope\): \d+ faithful\n/);
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(output, 'server-report.json'), 'utf8'))).toMatchObject({
      serverReportVersion: 1,
      interrupted: false,
    });
    expect(readFileSync(join(output, 'server-report.md'), 'utf8')).toContain(
      '| dashscope/chat/text | faithful |',
    );
  });

  test('shows what differs with its source, and fails', async () => {
    const url = await serve({ replies: [{ fault: { framing: { crlf: true } } }] });
    const { code, stdout } = await runCommand(['--base-url', url, '--filter', 'stream/text-with-usage']);
    expect(stdout).toContain('DIFFERS dashscope/stream/text-with-usage');
    expect(stdout).toContain('body: expected "lines that end in LF", got "CR"');
    expect(stdout).toMatch(/^source https:/m);
    expect(code).toBe(1);
  });

  test('says that nobody answers, and how to start a server', async () => {
    const { code, stderr } = await runCommand(['--base-url', 'http://127.0.0.1:4']);
    expect(stderr).toContain(
      'http://127.0.0.1:4 does not answer: fetch failed, ECONNREFUSED. "npx qwire emulator" starts',
    );
    expect(code).toBe(1);
  });

  test('says how to name the keys of a server that knows none of the sample’s', async () => {
    const url = await serve({
      workspaces: [{ id: 'llm-other', name: 'other', apiKeys: ['sk-other'], models: '*' }],
    });
    const { code, stderr } = await runCommand(['--base-url', url, '--filter', 'chat/text']);
    expect(stderr).toContain('--print-setup > setup.json, then --setup setup.json');
    expect(code).toBe(1);
  });

  test('prints a setup that can be given back', async () => {
    const { stdout } = await runCommand(['--print-setup']);
    expect(JSON.parse(stdout)).toHaveProperty('keys.accepted', 'sk-default');
  });
});
