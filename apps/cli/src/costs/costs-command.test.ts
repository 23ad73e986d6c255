import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { CommanderError } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { costsCommand } from './costs-command.ts';

const base = await mkdtemp(join(tmpdir(), 'qwire-costs-'));
const [empty, older, spoiled] = ['empty', 'older', 'spoiled'].map((name) => join(base, name));
const secret = 'postgres://clerk:geheim@127.0.0.1:1/name';

beforeAll(async () => {
  await mkdir(join(base, 'scratch'));
  vi.stubEnv('TMPDIR', join(base, 'scratch'));
  vi.stubEnv('LEDGER_URL', secret);
  vi.stubEnv('BAD_URL', secret.replace(':1/', ':port/'));
  await PGlite.create(empty ?? '').then((database) => database.close());
  await cp(empty ?? '', spoiled ?? '', { recursive: true });
  await rm(join(spoiled ?? '', 'global', 'pg_control'));
  await mkdir(older ?? '');
  await writeFile(join(older ?? '', 'PG_VERSION'), '16\n');
});

afterAll(() => rm(base, { recursive: true }));

/** How the command ends that is given these arguments: with an error. */
async function failureOf(args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let written = '';
  const command = costsCommand()
    .exitOverride()
    .configureOutput({
      writeErr: (text) => {
        written += text;
      },
    });
  try {
    await command.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, text: written };
    return { code: 1, text: String(error instanceof Error ? error.message : error) };
  }
  throw new Error('It did not fail');
}

test.each<[readonly string[], RegExp]>([
  [
    ['--by', 'modle'],
    /^error: --by: there is no group "modle"; use workspace, model, wire, day or tag:<name>\n/,
  ],
  [['--by', 'tag:'], /^error: --by: there is no group "tag:"/],
  [['--by', ''], /^error: --by: there is no group ""/],
  [['--by', 'day, day'], /^error: --by: day is there already\n/],
  [['--from', 'yesterday'], /^error: --from: must be a day such as "2026-11-01", or a moment/],
  [['--to', '2026-02-30'], /^error: --to: must be a day/],
  [['--from', '2026-11-02', '--to', '2026-11-01'], /^error: --to: must not be before "from"\n/],
  [['--time-zone', 'Mars'], /^error: --time-zone: must be an IANA name/],
  [['--format', 'xml'], /Allowed choices are table, csv, json/],
  [['--schema', 'A"b'], /^error: --schema: must be a name in small letters/],
  [['--database', 'LEDGER_URL', '--folder', 'ledger'], /cannot be used with option '--folder/],
  [['--database', 'UNSET'], /^error: --database: the environment variable UNSET is not set/],
  [['--database', secret], /^error: --database: give the name of an environment variable/],
  [['november'], /^error: too many arguments/],
])('%j is wrong usage, which leaves with 2', async (args, message) => {
  const { code, text } = await failureOf(args);
  expect(text).toMatch(message);
  expect(text).not.toContain('geheim');
  expect(code).toBe(2);
});

test.each<[readonly string[], RegExp]>([
  [['--folder', '.'], /^\.: is no folder of PGlite/],
  [['--folder', 'package.json'], /^package\.json: is a file; name the folder/],
  [
    ['--folder', older ?? ''],
    /older: was made by PostgreSQL 16, and this release reads those of PostgreSQL 18\./,
  ],
  [['--folder', spoiled ?? ''], /spoiled: the database in it does not start: /],
  [['--folder', empty ?? ''], /empty: there is no ledger: it has no table qwire\.usage_records\./],
  [['--database', 'LEDGER_URL'], /^the database in LEDGER_URL: connect ECONNREFUSED 127\.0\.0\.1:1$/],
  [['--database', 'BAD_URL'], /^the database in BAD_URL: is no connection string; one looks like/],
])('%j fails with 1, and says why', async (args, message) => {
  const { code, text } = await failureOf(args);
  expect(text).toMatch(message);
  expect(text).not.toContain('geheim');
  expect(code).toBe(1);
  expect(await readdir(join(base, 'scratch'))).toEqual([]);
});

test('the help has examples, and says why a connection string is not an option', () => {
  let help = '';
  costsCommand()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
    })
    .outputHelp();
  expect(help).toContain('qwire costs --by workspace,day --from 2026-11-01 ');
  expect(help.replace(/\s+/g, ' ')).toContain(
    'what stands on a command line can be seen by everybody on the machine',
  );
});
