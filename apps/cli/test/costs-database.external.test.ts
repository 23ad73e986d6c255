import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createSqlStore } from '@qwire/workspaces';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { fillLedger } from './fill-ledger.fixture.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresSocket: string;
  }
}

const bin = fileURLToPath(new URL('../bin/qwire.js', import.meta.url));
const server = { host: inject('postgresSocket'), user: 'postgres' };
// Of its own: other tests write ledgers of theirs at the same time.
const pool = new pg.Pool({ ...server, database: 'costs' });

beforeAll(async () => {
  const maker = new pg.Client({ ...server, database: 'postgres' });
  await maker.connect();
  await maker.query('create database costs');
  await maker.end();
  await fillLedger(createSqlStore(pool));
});
afterAll(() => pool.end());

function urlOf(user: string, database = 'costs'): string {
  return `postgres://${user}@/${database}?host=${inject('postgresSocket')}`;
}

/** Runs `qwire costs` on the database of the URL, which is in a variable. */
async function costs(url: string, ...args: readonly string[]) {
  const command = [bin, 'costs', '--database', 'LEDGER_URL', ...args];
  const env = { ...process.env, LEDGER_URL: url };
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, command, { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test('the ledger of a server is read by who may only read it', async () => {
  await pool.query('create role reader login; grant usage on schema qwire to reader');
  await pool.query('grant select on all tables in schema qwire to reader');
  const { code, stdout, stderr } = await costs(urlOf('reader'), '--format', 'json', '--by', 'wire,tag:team');
  expect([code, stderr]).toEqual([0, '']);
  const { groups, total } = JSON.parse(stdout);
  expect(
    groups.map(({ key, calls }: { key: object; calls: number }) => [...Object.values(key), calls]),
  ).toEqual([
    ['dashscope', null, 1],
    ['dashscope', '=HYPERLINK("http://x","y")', 2],
    ['dashscope', 'ads', 2],
    ['openai-compatible', null, 1],
    ['openai-compatible', '=HYPERLINK("http://x","y")', 2],
    ['openai-compatible', 'ads', 3],
  ]);
  expect(total.costs).toEqual([
    { amount: '0.0036', currency: 'CNY' },
    { amount: '0.1201506', currency: 'USD' },
  ]);
});

test('no ledger is made where there is none', async () => {
  await pool.query('create database other');
  const { code, stderr } = await costs(urlOf('postgres', 'other'));
  expect(stderr).toMatch(
    /^the database in LEDGER_URL: there is no ledger: it has no table qwire\.usage_records\./,
  );
  expect(code).toBe(1);
  const other = new pg.Client({ ...server, database: 'other' });
  await other.connect();
  const { rows } = await other.query(`select to_regnamespace('qwire') as schema`);
  await other.end();
  expect(rows).toEqual([{ schema: null }]);
});

test.each([
  ['older', 0, /: the ledger was written by an older release\. Record one call with this one/],
  ['newer', 99, /: schema newer is of version 99, which this release does not know/],
])('a ledger of a release that is %s stays as it is', async (schema, version, message) => {
  await createSqlStore(pool, { schema }).records();
  await pool.query(`update ${schema}.schema_version set version = ${version}`);
  const { code, stderr } = await costs(urlOf('postgres'), '--schema', schema);
  expect(stderr).toMatch(message);
  expect(code).toBe(1);
  const { rows } = await pool.query(`select version from ${schema}.schema_version`);
  expect(rows).toEqual([{ version }]);
});

test('what the server refuses is told in its words', async () => {
  await pool.query('create role stranger login');
  const denied = await costs(urlOf('stranger'));
  expect(denied.stderr).toMatch(/^the database in LEDGER_URL: permission denied for schema qwire\n$/);
  const unknown = await costs(urlOf('nobody'));
  expect(unknown.stderr).toMatch(/^the database in LEDGER_URL: role "nobody" does not exist\n$/);
  expect([denied.code, unknown.code]).toEqual([1, 1]);
});
