import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import { testBill } from './bill-facts.fixture.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresSocket: string;
  }
}

const socket = inject('postgresSocket');
const pools: pg.Pool[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.end())));

describe('a thousand calls of processes that share a server', () => {
  testBill('drain', async () => {
    const admin = new pg.Client({ host: socket, user: 'postgres', database: 'postgres' });
    await admin.connect();
    await admin.query('drop schema if exists qwire cascade');
    await admin.end();
    const database = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres' });
    pools.push(database);
    return { database, socket, count: 1_000 };
  });
});
