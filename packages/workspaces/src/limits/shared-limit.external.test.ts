import pg from 'pg';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { type ChildOptions, runChild } from './run-child.fixture.ts';

const socket = inject('postgresSocket');
const pool = new pg.Pool({ host: socket, user: 'postgres', database: 'postgres' });

beforeEach(() => pool.query('drop table if exists limits'));
afterAll(() => pool.end());

/** Several processes that make the same calls at once, with all that they sent in the order of time. */
async function runProcesses(count: number, options: ChildOptions) {
  const reports = await Promise.all(Array.from({ length: count }, () => runChild(socket, options)));
  const failures = reports.flatMap((report) => report.failures);
  const sent = reports.flatMap((report) => report.sent).sort((a, b) => a - b);
  return { sent, failures };
}

test('processes that race for one window send as many requests as the limit allows, and no more', async () => {
  const { sent, failures } = await runProcesses(4, {
    unit: 'requests',
    points: 50,
    duration: 600,
    calls: 30,
    text: '1',
    maxWaitMs: 0,
  });
  expect(sent).toHaveLength(50);
  expect(failures).toHaveLength(70);
  expect(new Set(failures)).toEqual(
    new Set([
      'QwireError: The call waited 0 ms for its turn: workspace "marketing" may send "qwen-plus" no more than the requests that its processes share',
    ]),
  );
});

test('processes that wait send everything, window after window', async () => {
  const options = {
    unit: 'requests',
    points: 20,
    duration: 1,
    calls: 15,
    text: '1',
    maxWaitMs: 50_000,
  } as const;
  const { sent, failures } = await runProcesses(4, options);
  expect(failures).toEqual([]);
  expect(sent).toHaveLength(60);
  // Three windows are needed: between the first and the last call one of them has passed whole.
  expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test('processes hold a limit of tokens together, and what is reserved and not used serves them all', async () => {
  const options = { unit: 'tokens', points: 1_000, duration: 600, calls: 30, text: '100', used: 20 } as const;
  const { sent, failures } = await runProcesses(3, { ...options, maxWaitMs: 8_000 });
  // Of the last 100 tokens no call can reserve 100 as soon as one was used: 45 calls have used 900, and one more fits.
  expect(sent).toHaveLength(46);
  expect(failures).toHaveLength(44);
  const { rows } = await pool.query('select points from limits');
  expect(rows).toEqual([{ points: 46 * 20 }]);
});
