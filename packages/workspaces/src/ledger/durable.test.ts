import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';
import { createSqlStore } from './create-sql-store.ts';
import { runChild } from './run-child.fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'qwire-ledger-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a folder of PGlite has the record of every reply that was handed over, also when the process is killed', async () => {
  expect(await runChild('dieWithReply', folder)).toBe('SIGKILL');
  expect(await runChild('dieWithFinish', folder)).toBe('SIGKILL');
  const database = new PGlite(folder);
  const records = await createSqlStore(database).records();
  await database.close();
  expect(records).toMatchObject([
    { id: 'the reply', operation: 'chat', outcome: 'completed' },
    { id: 'the stream', operation: 'stream', outcome: 'completed' },
  ]);
});
