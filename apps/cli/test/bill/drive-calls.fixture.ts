import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BillLine } from '@qwire/emulator';
import { createSqlStore, type SqlClient, type UsageRecord } from '@qwire/workspaces';
import type { Assignment, Result } from './caller.fixture.ts';
import { startEmulators } from './emulators.fixture.ts';
import { type MixedCall, mixedCalls } from './mixed-calls.fixture.ts';

export interface Drive {
  readonly count: number;
  readonly whenLeft: 'cancel' | 'drain';
  /** Where the ledger is; processes ask this one for it unless a socket is given. */
  readonly database: SqlClient;
  readonly socket?: string;
}

export interface Driven {
  readonly calls: readonly MixedCall[];
  /** How each call ended for its caller, by its number. */
  readonly results: ReadonlyMap<number, string>;
  readonly records: readonly UsageRecord[];
  readonly bill: readonly BillLine[];
  /** Requests that the emulators were sent, further tries included. */
  readonly requests: number;
}

const processes = 4;

/** Makes mixed calls from several processes that share a ledger. */
export async function driveCalls({ count, database, whenLeft, ...rest }: Drive): Promise<Driven> {
  const calls = mixedCalls(count);
  // It takes its time to begin, which no record should wait for.
  await createSqlStore(database).records();
  const service = await startEmulators(calls, whenLeft);
  try {
    const { addresses, emulators } = service;
    const shares = Array.from({ length: processes }, (_, share) =>
      calls.filter(({ number }) => number % processes === share),
    );
    const results = await Promise.all(
      shares.map((own) => runCaller({ calls: own, addresses, whenLeft, ...rest }, database)),
    );
    return {
      calls,
      results: new Map(results.flat()),
      records: await createSqlStore(database).records(),
      bill: emulators.flatMap((emulator) => emulator.bill()),
      requests: emulators.reduce((sum, emulator) => sum + emulator.requests.length, 0),
    };
  } finally {
    await service.close();
  }
}

interface Message {
  readonly results?: readonly Result[];
  readonly id?: number;
  readonly text?: string;
  readonly params?: unknown[];
}

function runCaller(assignment: Assignment, database: SqlClient): Promise<readonly Result[]> {
  const file = fileURLToPath(new URL('./caller.fixture.ts', import.meta.url));
  const child = fork(file, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let problems = '';
  let results: readonly Result[] | undefined;
  child.stderr?.on('data', (text) => {
    problems += text;
  });
  child.on('message', (message: Message) => {
    if (message.results) results = message.results;
    else void answer(message);
  });
  child.send(assignment);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (results && code === 0 && problems === '') resolve(results);
      else reject(new Error(`A caller ended with code ${code}: ${problems}`));
    });
  });

  async function answer({ id, text = '', params = [] }: Message): Promise<void> {
    try {
      const { rows } = await database.query(text, params);
      child.send({ id, rows });
    } catch (error) {
      child.send({ id, error: String(error) });
    }
  }
}
