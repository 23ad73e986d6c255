import pg from 'pg';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { readBudget } from '../budget/budget.ts';
import { createSqlStore } from './create-sql-store.ts';
import { readCosts } from './read-costs.ts';
import { runChild } from './run-child.fixture.ts';

const socket = inject('postgresSocket');
const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres' });
const store = createSqlStore(pool);
const usd = (amount: string) => ({ amount, currency: 'USD' });

beforeEach(async () => {
  await store.records();
  await pool.query('truncate qwire.usage_records, qwire.spending, qwire.reservations, qwire.gates');
});
afterAll(() => pool.end());

function standing() {
  const budget = { amount: '0.1', currency: 'USD', per: 'month' } as const;
  return readBudget(store, { workspace: 'marketing', budget });
}

test('a server has the record of every reply that was handed over, also when the process is killed', async () => {
  const signals = await Promise.all([runChild('dieWithReply', socket), runChild('dieWithFinish', socket)]);
  expect(signals).toEqual(['SIGKILL', 'SIGKILL']);
  const ids = (await store.records()).map(({ id }) => id);
  expect(ids.sort()).toEqual(['the reply', 'the stream']);
});

test('two processes that write at once lose nothing and count nothing twice', async () => {
  // They begin with the schema, too.
  await pool.query('drop schema qwire cascade');
  await Promise.all([runChild('add', socket, 0, 200), runChild('add', socket, 100, 300)]);
  const ids = (await store.records()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(300);
  expect(ids).toHaveLength(300);
  expect((await readCosts(store)).total.costs).toEqual([usd('3')]);
  const { rows } = await pool.query('select sum(amount)::text as spent from qwire.spending');
  expect(rows).toEqual([{ spent: '3.00' }]);
});

test('processes that race for one budget never exceed it, and leave no call over that would have fit', async () => {
  await Promise.all([1, 2, 3, 4].map(() => runChild('spend', socket, 5)));
  // The ninetieth still fits: 89 have cost 0.0979, and it might cost 0.0019.
  expect(await store.records()).toHaveLength(90);
  expect(await standing()).toMatchObject({ spent: usd('0.099'), reserved: usd('0') });
});

test('the reservation of a process that died counts until it expires', async () => {
  expect(await runChild('dieInCall', socket)).toBe('SIGKILL');
  expect((await standing()).reserved).toEqual(usd('0.0019'));
  const { rows } = await pool.query(
    `select expires_at - now() between interval '50 seconds' and interval '60 seconds' as soon from qwire.reservations`,
  );
  expect(rows).toEqual([{ soon: true }]);
  await pool.query(`update qwire.reservations set expires_at = expires_at - interval '60 seconds'`);
  expect((await standing()).reserved).toEqual(usd('0'));
});
