// A process that shares a store with others. Run by Node: child.fixture.ts <task> <where the store is> [<numbers>]
import { PGlite } from '@electric-sql/pglite';
import { QwireError } from '@qwire/core';
import pg from 'pg';
import { createPriceBook } from '../cost/create-price-book.ts';
import { createSqlStore } from './create-sql-store.ts';
import { recordUsage } from './record-usage.ts';
import { record } from './records.fixture.ts';
import { createToyClient, say } from './toy-service.fixture.ts';

const [task = '', place = '', ...words] = process.argv.slice(2);
const [first = 0, second = 0] = words.map(Number);
const isServer = place.includes('qwire-postgres-');
const database = isServer
  ? new pg.Pool({ host: place, user: 'postgres', database: 'postgres', max: 5 })
  : new PGlite(place);
const store = createSqlStore(database);

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  /** Ends at the moment in which a reply is handed over. */
  async dieWithReply() {
    await toyClient().chat(say({ requestId: 'the reply' }));
    process.kill(process.pid, 'SIGKILL');
  },
  /** Ends at the moment in which the last event is handed over. */
  async dieWithFinish() {
    for await (const event of toyClient().stream(say({ requestId: 'the stream' }))) {
      if (event.type === 'finish') process.kill(process.pid, 'SIGKILL');
    }
  },
  /** Ends in the middle of a call that has a reservation. */
  async dieInCall() {
    for await (const event of spender().stream(ask({ ends: 'stall' }))) {
      if (event.type === 'text-delta') process.kill(process.pid, 'SIGKILL');
    }
  },
  /** Adds records number `first` to `second`, each costing a cent. */
  async add() {
    const cost = { amount: '0.01', currency: 'USD' };
    for (let number = first; number < second; number += 1) {
      await store.add(record({ id: `record ${number}`, cost }));
    }
  },
  /** Calls, `first` at a time, until the budget is spent. */
  async spend() {
    const client = spender();
    const worker = async () => {
      for (;;) {
        const error = await client.chat(ask()).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (!error) continue;
        if (!QwireError.is(error) || error.kind !== 'budget-exceeded') throw error;
        if (!error.retryable) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await Promise.all(Array.from({ length: first }, worker));
  },
};

function toyClient() {
  return createToyClient({ interceptors: [recordUsage({ store, workspace: 'marketing' })] }).client;
}

/** Each call costs 0.0011 USD and might cost 0.0019. */
function spender() {
  const prices = createPriceBook({
    overrides: [
      {
        models: 'toy',
        date: '2026-01',
        currency: 'USD',
        tiers: [{ input: '1', explicitCreation: '1', output: '1' }],
      },
    ],
  });
  const recording = recordUsage({
    store,
    workspace: 'marketing',
    region: 'singapore',
    prices,
    limits: () => ({ maxInputTokens: 1_000 }),
    budget: { amount: '0.1', currency: 'USD', per: 'month' },
  });
  return createToyClient({ interceptors: [recording] }).client;
}

function ask(script: Parameters<typeof say>[0] = {}) {
  const usage = { inputTokens: 1_000, outputTokens: 100, totalTokens: 1_100 };
  const [message] = say({ usage, ...script }).messages;
  const messages = [message, { role: 'user', content: 'x'.repeat(1_000) }] as const;
  return { model: 'toy', messages, maxTokens: 899, thinking: false };
}

await tasks[task]?.();
await (database instanceof PGlite ? database.close() : database.end());
