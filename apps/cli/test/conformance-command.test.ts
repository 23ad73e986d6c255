import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { interruptCommand } from './run-command.ts';

const bin = fileURLToPath(new URL('../bin/qwire.js', import.meta.url));
const conformance = pathToFileURL(createRequire(import.meta.url).resolve('@qwire/conformance')).href;
const openAICompatible = createRequire(import.meta.url).resolve('@qwire/openai-compatible');

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function qwire(...args: string[]): Promise<Finished> {
  const env = { ...process.env, FORCE_COLOR: '', NO_COLOR: '' };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, 'conformance', ...args], {
      env,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Finished;
    return { code, stdout, stderr };
  }
}

describe('qwire conformance', { timeout: 60_000 }, () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driver-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes a driver of the adapter; `change` may alter what its client answers, `before` comes before it is called. */
  function driver(change = 'outcome', before = ''): string {
    const file = join(folder, 'driver.mjs');
    writeFileSync(
      file,
      `import { clientDriver } from ${JSON.stringify(conformance)};
       import { createRequire } from 'node:module';
       const adapter = createRequire(import.meta.url)(${JSON.stringify(openAICompatible)});
       const own = clientDriver({
         name: 'sample',
         version: '1',
         wireFormat: 'openai-compatible',
         supports: adapter.openAICompatible.capabilities,
         createClient: adapter.createOpenAICompatible,
       });
       let calls = 0;
       export default { ...own, async perform(...given) {
         ${before}
         const outcome = await own.perform(...given);
         return ${change};
       } };`,
    );
    return file;
  }

  test('a closed pipe takes neither the reports nor the verdict away', async () => {
    const file = driver("{ ended: 'failed', error: { kind: 'connection' } }");
    const args = ['--driver', file, '--filter', 'chat/text', '--output', join(folder, 'reports')];
    const child = spawn(process.execPath, [bin, 'conformance', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, existsSync(join(folder, 'reports', 'report.html'))]).toEqual([1, true]);
  });

  test('prints the matrix without colors when nobody watches, and writes every report', async () => {
    const output = join(folder, 'reports');
    const { code, stdout } = await qwire(
      '--driver',
      driver(),
      '--filter',
      'errors/rejected-key',
      '--output',
      output,
    );
    expect(stdout).toMatch(/^errors\/rejected-key +pass +-$/m);
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8'))).toMatchObject({ reportVersion: 1 });
    expect(readFileSync(join(output, 'junit.xml'), 'utf8')).toContain('<testsuite name="sample (loopback)"');
    expect(readFileSync(join(output, 'matrix.md'), 'utf8')).toContain('| errors/rejected-key | pass | - |');
    const page = readFileSync(join(output, 'report.html'), 'utf8');
    expect(page).toContain('A rejected API key fails');
    expect(page).not.toContain('sk-conformance');
    expect(stdout).toContain(`Written: ${join(output, 'report.html')}`);
  });

  test('of many behaviors it prints those that pass as one line for each group, unless all are asked for', async () => {
    const args = ['--driver', driver(), '--carrier', 'loopback', '--filter', 'errors/'];
    const { stdout } = await qwire(...args);
    expect(stdout).toMatch(/^errors\/\* \(\d+\) +\d+ pass/m);
    expect(stdout).not.toContain('errors/rejected-key');
    const all = await qwire(...args, '--all');
    expect(all.stdout).toMatch(/^errors\/rejected-key +pass/m);
  });

  test('Ctrl-C says what was done so far', async () => {
    const slow = driver(
      'outcome',
      'if (++calls > 3) { console.log("begun"); await new Promise(() => setInterval(() => {}, 1e6)); }',
    );
    const { code, stdout, stderr } = await interruptCommand(
      ['--driver', slow, '--carrier', 'loopback', '--filter', 'errors/'],
      /begun/,
    );
    expect(stderr).toContain('Stopping. What is done so far is reported');
    expect(stdout).toMatch(/The run was stopped after 3 of \d+ cases/);
    expect(stdout).toContain('sample: 3 pass');
    expect(code).toBe(130);
  });

  test('a case that fails is shown with its difference and its source, and fails the command', async () => {
    const broken = driver('{ ...outcome, error: { ...outcome.error, kind: "billing" } }');
    const { code, stdout } = await qwire('--driver', broken, '--filter', 'errors/rejected-key');
    expect(stdout.match(/^FAIL openai-compatible\/errors\/rejected-key .*/gm)).toEqual([
      'FAIL openai-compatible/errors/rejected-key (sample, intercept and loopback)',
    ]);
    expect(stdout).toContain('error.kind: expected "authentication", got "billing"');
    expect(stdout).toContain(
      'source https://www.alibabacloud.com/help/ja/model-studio/model-calling-in-sub-workspace',
    );
    expect(code).toBe(1);
  });

  test('a deviation beside the driver that records what is seen covers the failure', async () => {
    const broken = driver('{ ...outcome, error: { ...outcome.error, kind: "billing" } }');
    const deviation = {
      case: 'openai-compatible/errors/rejected-key',
      cause: 'our-defect',
      observed: { ended: 'failed', error: { kind: 'billing' } },
      because: 'A sample',
      since: '2026-01-01',
      reviewBy: '2999-01-01',
    };
    writeFileSync(join(folder, 'driver.deviations.json'), JSON.stringify([deviation]));
    const { code, stdout } = await qwire(
      '--driver',
      broken,
      '--filter',
      "A rejected API key fails with kind authentication and keeps the service's code",
    );
    expect(stdout).toMatch(/^errors\/rejected-key +deviation/m);
    expect(code).toBe(0);
  });

  test('a filter that matches nothing fails and says so', async () => {
    const { code, stderr } = await qwire('--driver', driver(), '--filter', 'no such case');
    expect(stderr).toContain('No case matches "no such case".');
    expect(code).toBe(1);
  });

  test('a module without a driver is refused by name', async () => {
    const file = join(folder, 'empty.mjs');
    writeFileSync(file, 'export default {};');
    const { code, stderr } = await qwire('--driver', file);
    expect(stderr).toContain(`${file}: the default export must be a client driver`);
    expect(code).toBe(1);
  });

  test('a driver that does not exist is refused by name', async () => {
    const { code, stderr } = await qwire('--driver', join(folder, 'none.mjs'));
    expect(stderr).toContain('none.mjs could not be loaded');
    expect(code).toBe(1);
    expect(existsSync('reports')).toBe(false);
  });
});
