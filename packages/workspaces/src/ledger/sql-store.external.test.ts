import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { createSqlStore } from './create-sql-store.ts';
import { fullRecord } from './records.fixture.ts';
import { testStore } from './store-facts.fixture.ts';

const pool = new pg.Pool({ host: inject('postgresSocket'), user: 'postgres', database: 'postgres', max: 10 });
let count = 0;

afterAll(() => pool.end());

testStore(async () => {
  count += 1;
  return createSqlStore(pool, { schema: `facts_${count}` });
});

test('many that reserve at once stay within the limit and leave none of it over', async () => {
  const store = createSqlStore(pool, { schema: 'race' });
  const period = {
    workspace: 'marketing',
    currency: 'USD',
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
  };
  const limit = { period, limit: { amount: '1', currency: 'USD' } };
  const tries = Array.from({ length: 60 }, (_, index) =>
    store.reserve(
      {
        id: String(index),
        workspace: 'marketing',
        at: '2026-11-05T12:00:00.000Z',
        worstCase: { amount: '0.03', currency: 'USD' },
        expiresInMs: 60_000,
      },
      limit,
    ),
  );
  const granted = (await Promise.all(tries)).filter(({ isGranted }) => isGranted);
  expect(granted).toHaveLength(33);
  expect((await store.standing(period)).reserved).toEqual({ amount: '0.99', currency: 'USD' });
});

test('a user who may not make schemas works in one that was made for it', async () => {
  await pool.query(`create role clerk login; create schema given authorization clerk`);
  const clerk = new pg.Pool({ host: inject('postgresSocket'), user: 'clerk', database: 'postgres' });
  await expect(createSqlStore(clerk, { schema: 'own' }).records()).rejects.toThrow(/permission denied/);
  const store = createSqlStore(clerk, { schema: 'given' });
  await store.add(fullRecord);
  expect(await store.records()).toEqual([fullRecord]);
  await clerk.end();
});
