import type { SqlClient } from '@qwire/workspaces';
import { describeProblem } from './describe-problem.ts';

/** A ledger that was opened for reading. */
export interface OpenLedger {
  readonly client: SqlClient;
  readonly close: () => Promise<void>;
}

/** @throws Error that says why the database cannot be reached; never with the connection string in it. */
export async function openDatabase(connectionString: string, name: string): Promise<OpenLedger> {
  // Loaded here, because the other commands do without.
  const { default: pg } = await import('pg');
  try {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
    // A connection that breaks fails the query that runs, which is told; this would end the process.
    client.on('error', () => {});
    await client.connect();
    return { client, close: () => client.end() };
  } catch (error) {
    throw new Error(`${name}: ${describe(error)}`, { cause: error });
  }
}

function describe(error: unknown): string {
  const isUnreadable = (error as { readonly code?: unknown }).code === 'ERR_INVALID_URL';
  return isUnreadable
    ? 'is no connection string; one looks like postgres://user:password@host:5432/name'
    : describeProblem(error);
}
