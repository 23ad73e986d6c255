import type { Command } from 'commander';
import type { CostsOptions } from './costs-command.ts';
import { type OpenLedger, openDatabase } from './open-database.ts';
import { openFolder } from './open-folder.ts';

/** Where a ledger is. */
export interface LedgerPlace {
  /** What messages call it; without what is secret. */
  readonly name: string;
  readonly open: () => Promise<OpenLedger>;
}

/** The ledger that the options name; what cannot name one ends the command. */
export function findLedger({ folder, database }: CostsOptions, command: Command): LedgerPlace {
  if (database === undefined) return { name: folder, open: () => openFolder(folder) };
  // What was given may hold a password, so it is not repeated.
  if (!/^\w+$/.test(database)) {
    command.error(
      'error: --database: give the name of an environment variable, such as LEDGER_URL, not the connection string itself',
    );
  }
  const connectionString = process.env[database]?.trim();
  if (!connectionString) {
    command.error(
      `error: --database: the environment variable ${database} is not set; it holds a connection string such as postgres://user:password@host:5432/name`,
    );
  }
  const name = `the database in ${database}`;
  return { name, open: () => openDatabase(connectionString, name) };
}
