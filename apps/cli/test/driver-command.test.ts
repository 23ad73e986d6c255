import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capabilityKeys } from '@qwire/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../bin/qwire.js', import.meta.url));
const no = Object.fromEntries(capabilityKeys.map((key) => [key, { supported: false, because: 'small' }]));

/** What a child does with a call. */
const answers = {
  refuse: `say({ type: 'outcome', id, outcome: { ended: 'failed', error: { kind: 'invalid-request' } } })`,
  crash: 'process.exit(7)',
  /** Never, and it takes no hint to leave; the open connection shows whether it lives. */
  never: `{
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
    connect(Number(process.env.ALIVE_PORT), '127.0.0.1');
  }`,
};

describe('qwire conformance --driver-command', { timeout: 60_000 }, () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driver-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** The command of a child that is able to do nothing, unless `supports` says otherwise. */
  function childCommand(answer: keyof typeof answers, supports: object = no): string {
    const file = join(folder, `${answer}.mjs`);
    writeFileSync(
      file,
      `import { createInterface } from 'node:readline';
       import { connect } from 'node:net';
       const say = (message) => console.log(JSON.stringify(message));
       say({ type: 'hello', protocol: 1, name: 'sample', version: '1', wireFormat: 'dashscope', supports: ${JSON.stringify(supports)} });
       createInterface({ input: process.stdin }).on('line', (line) => {
         const { id } = JSON.parse(line);
         ${answers[answer]};
       });`,
    );
    return `"${process.execPath}" "${file}"`;
  }

  function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [bin, 'conformance', ...args], {
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', ...env },
    });
  }

  async function qwire(...args: string[]) {
    const child = start(args);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const [code] = await once(child, 'close');
    return { code, output };
  }

  test('a client of another process is judged, and what it refuses is not applicable', async () => {
    const command = childCommand('refuse');
    const { code, output } = await qwire('--driver-command', command, '--filter', 'chat/text');
    expect(output).toMatch(/^chat\/text +n\/a/m);
    expect(code).toBe(0);
  });

  test('a client that crashes is an error of the harness, with how it ended', async () => {
    const command = childCommand('crash');
    const { code, output } = await qwire('--driver-command', command, '--filter', 'chat/text');
    expect(output).toMatch(/^chat\/text +ERROR/m);
    expect(output).toContain('ended with code 7');
    expect(code).toBe(1);
  });

  test('its deviations come from the file that is named for it', async () => {
    const file = join(folder, 'deviations.json');
    const deviation = {
      case: 'dashscope/chat/no-such-case',
      cause: 'client-defect',
      observed: {},
      because: 'A sample',
      since: '2026-01-01',
      reviewBy: '2999-01-01',
    };
    writeFileSync(file, JSON.stringify([deviation]));
    const args = ['--driver-command', childCommand('refuse'), '--filter', 'chat/text'];
    const { code, output } = await qwire(...args, '--deviations', `sample=${file}`);
    expect(output).toContain('sample: a deviation names "dashscope/chat/no-such-case", which is no case');
    expect(code).toBe(1);
  });

  test.each([
    ['of a client that does not take part', 'other=x.json', 'where the client is one of "sample"'],
    ['without a file', 'sample', 'write <client>=<file>'],
    ['in a file that is not there', 'sample=no.json', 'there is no file'],
  ])('deviations %s are refused', async (_, option, message) => {
    const { code, output } = await qwire('--driver-command', childCommand('refuse'), '--deviations', option);
    expect(output).toContain(message);
    expect(code).toBe(1);
  });

  test('a command that does not begin is named, with what it wrote', async () => {
    const { code, output } = await qwire('--driver-command', 'echo "no such client" >&2; exit 3');
    expect(output).toContain('ended with code 3 before it said hello\nIts stderr ends with:\nno such client');
    expect(code).toBe(1);
  });

  test('a capability that it does not state is named', async () => {
    const command = childCommand('refuse', { ...no, tools: undefined });
    const { code, output } = await qwire('--driver-command', command);
    expect(output).toContain('supports.tools: is not stated');
    expect(code).toBe(1);
  });

  test('without any client it is said how to name one', async () => {
    const { code, output } = await qwire();
    expect(output).toContain('--driver <file>, --driver-command <command>');
    expect(code).toBe(1);
  });

  test('Ctrl-C ends the client as well', async () => {
    const connected = Promise.withResolvers<Socket>();
    const server = createServer(connected.resolve).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const args = ['--driver-command', childCommand('never'), '--filter', 'chat/text'];
    const child = start(args, { ALIVE_PORT: String(port) });
    const alive = await connected.promise;
    child.kill('SIGINT');
    const [[code]] = await Promise.all([
      once(child, 'exit'),
      once(
        alive.on('error', () => {}),
        'close',
      ),
    ]);
    expect(code).toBe(130);
    server.close();
  });
});
