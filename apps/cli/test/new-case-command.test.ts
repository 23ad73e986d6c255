import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Finished, runCommand } from './run-command.ts';

const adapter = fileURLToPath(new URL('../../../packages/dashscope/conformance/driver.ts', import.meta.url));

describe('qwire conformance new', { timeout: 60_000 }, () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-case-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function qwire(...args: string[]): Promise<Finished> {
    return runCommand(args, {}, { cwd: folder });
  }

  test('begins a case in a folder of its own, which fails as long as it is not filled in', async () => {
    const { code, stdout } = await qwire(
      'new',
      'errors/day-quota',
      '--cases',
      'mine',
      '--like',
      'errors/arrearage',
    );
    expect(code).toBe(0);
    const [, command = ''] = /npx qwire conformance (--driver .*)/.exec(stdout) ?? [];
    expect(command).toBe('--driver <file> --cases mine --filter errors/day-quota');
    const run = await qwire(...command.replace('<file>', adapter).split(' '));
    expect(run.stdout).toMatch(/^errors\/day-quota +FAIL/m);
    expect(run.stdout).toContain('error.message: expected "FILL IN: what the caller must see", got');
    expect(run.code).toBe(1);
    const file = join(folder, 'mine/errors/day-quota/scenario.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"FILL IN: what the caller must see"', '{ "contains": "good" }'),
    );
    const filled = await qwire(...command.replace('<file>', adapter).split(' '));
    expect(filled.stdout).toMatch(/^errors\/day-quota +pass/m);
    expect(filled.code).toBe(0);
  });

  test('takes a folder of cases that is there', async () => {
    mkdirSync(join(folder, 'conformance/cases'), { recursive: true });
    const { code } = await qwire('new', 'stream/greeting', '--operation', 'stream');
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'conformance/cases/stream/greeting'))).toContain('dashscope.sse');
  });

  test('asks for a folder where there is none', async () => {
    const { code, stderr } = await qwire('new', 'errors/day-quota');
    expect(stderr).toContain('Name one with --cases; it is created when it does not exist.');
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('names the mistakes of other cases in the folder, with their places', async () => {
    await qwire('new', 'errors/one', '--cases', 'mine');
    const file = join(folder, 'mine/errors/one/scenario.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"operation": "chat"', '"operation": "chad"'));
    const { code, stderr } = await qwire('new', 'errors/two', '--cases', 'mine');
    expect(stderr).toMatch(
      /mine\/errors\/one\/scenario\.json:\d+:5: call\.operation: is "chad"; did you mean "chat"\?/,
    );
    expect(code).toBe(1);
  });
});
