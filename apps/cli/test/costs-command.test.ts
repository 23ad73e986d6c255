import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { createSqlStore } from '@qwire/workspaces';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillLedger } from './fill-ledger.fixture.ts';

const bin = fileURLToPath(new URL('../bin/qwire.js', import.meta.url));

/** Holds the folder `ledger`, and one for what the command keeps while it runs. */
const base = await mkdtemp(join(tmpdir(), 'qwire-costs-test-'));
const ledger = join(base, 'ledger');
const scratch = join(base, 'scratch');
let database: PGlite;

beforeAll(async () => {
  await mkdir(scratch);
  database = new PGlite(ledger);
  await fillLedger(createSqlStore(database));
});

afterAll(async () => {
  await database.close();
  await rm(base, { recursive: true });
});

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `qwire costs` in the folder that holds `ledger`. */
async function costs(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  onStart: (interrupt: () => void) => void = () => {},
): Promise<Finished> {
  const { FORCE_COLOR: _, NO_COLOR: __, COLUMNS: ___, ...rest } = process.env;
  const child = spawn(process.execPath, [bin, 'costs', ...args], {
    cwd: base,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...rest, TMPDIR: scratch, ...env },
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (data: Buffer) => {
      written[name] += data.toString();
    });
  }
  onStart(() => child.kill('SIGINT'));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written };
}

/** A text that changes when anything in the folder does. */
async function stateOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const entry of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, entry);
    hash.update(entry);
    if ((await stat(path)).isFile()) hash.update(await readFile(path));
  }
  return hash.digest('hex');
}

test('a folder that another process has open is read, and nothing in it changes', async () => {
  const before = await stateOf(ledger);
  const { code, stdout, stderr } = await costs(['--by', 'day,workspace', '--time-zone', 'Pacific/Auckland']);
  expect(stdout).toMatch(/^Costs by day and workspace\nAll calls; days are those of Pacific\/Auckland\.\n/);
  expect(stdout).toContain('2026-11-06  财务部         2       0    2,000   1,000  0.0036  –\n');
  expect(stdout).not.toContain('\u001b[');
  expect([code, stderr]).toEqual([0, '']);
  expect(await stateOf(ledger)).toBe(before);
  expect(await readdir(scratch)).toEqual([]);
});

test('a file gets the form that its name asks for, and has no colors', async () => {
  const span = ['--from', '2026-11-05', '--to', '2026-11-06'];
  const args = ['--output', 'november.csv', '--by', 'wire', ...span];
  const { code, stdout, stderr } = await costs(args);
  expect([code, stdout, stderr]).toEqual([0, '', 'Wrote november.csv\n']);
  const csv = await readFile(join(base, 'november.csv'), 'utf8');
  expect(csv).toMatch(/\nopenai-compatible,6,4,1,1,2,.*,0\.0018,0\.0600792,2026-05-27\n$/);
  await costs(['--output', 'costs.txt'], { FORCE_COLOR: '1' });
  expect(await readFile(join(base, 'costs.txt'), 'utf8')).toMatch(/^Costs by workspace and model\n/);
});

test('a folder that is not there is not made', async () => {
  const { code, stderr } = await costs(['--folder', 'nowhere']);
  expect(stderr).toMatch(
    /^nowhere: there is no such folder, so no call was recorded in it\. Calls are recorded so:\n/,
  );
  expect(code).toBe(1);
  expect(await readdir(base)).not.toContain('nowhere');
});

test('wrong usage leaves with 2', async () => {
  const { code, stdout, stderr } = await costs(['--databse', 'LEDGER_URL']);
  expect(stderr).toMatch(/^error: unknown option '--databse'\n\(Did you mean --database\?\)/);
  expect([code, stdout]).toEqual([2, '']);
});

test('Ctrl-C leaves at once, with nothing written', async () => {
  const silent = createServer((socket) => void socket.on('error', () => {}));
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `postgres://clerk@127.0.0.1:${port}/name`;
  const { code, stdout, stderr } = await costs(
    ['--database', 'LEDGER_URL'],
    { LEDGER_URL: url },
    (interrupt) => silent.once('connection', interrupt),
  );
  silent.close();
  expect([code, stdout, stderr]).toEqual([130, '', '']);
});
