import { writeFile } from 'node:fs/promises';
import { QwireError } from '@qwire/core';
import {
  type CostDimension,
  type CostQuery,
  type CostReport,
  createMemoryStore,
  createSqlStore,
  readCosts,
} from '@qwire/workspaces';
import type { Command } from 'commander';
import { countAlong } from '../conformance/count-along.ts';
import { leaveOnSignal } from '../conformance/leave-on-signal.ts';
import { outputWidth } from '../doctor/wrap-text.ts';
import type { CostsOptions } from './costs-command.ts';
import { formatOf, formats } from './formats.ts';
import { openDatabase } from './open-database.ts';
import { openFolder } from './open-folder.ts';
import { readLedger } from './read-ledger.ts';

/**
 * Reads the ledger and writes what its calls have cost.
 * @throws Error that names the ledger, says what is wrong, and how to mend it.
 */
export async function runCosts(options: CostsOptions, command: Command): Promise<void> {
  const { output, schema, format = formatOf(output) } = options;
  const query = await checkQuery(options, command);
  const place = toPlace(options, command);
  const release = leaveOnSignal();
  const progress = countAlong({ piped: 'nothing' }, process.stderr);
  progress.show(`Reading ${place.name}`);
  const report = await read(place, { schema, query }).finally(progress.end);
  release();
  if (output === undefined) process.stdout.write(formats[format](report, widthOfOutput()));
  else await write(output, formats[format](report, Number.POSITIVE_INFINITY));
}

interface Place {
  readonly name: string;
  readonly open: () => ReturnType<typeof openFolder>;
}

async function read(
  { name, open }: Place,
  asked: { readonly schema: string; readonly query: CostQuery },
): Promise<CostReport> {
  const { client, close } = await open();
  try {
    return await readLedger(client, { name, ...asked });
  } finally {
    await close();
  }
}

/** What is wrong with the query is said before anything is opened. */
async function checkQuery(options: CostsOptions, command: Command): Promise<CostQuery> {
  const { from, to, timeZone, schema } = options;
  const query = {
    by: readGroups(options.by, command),
    timeZone,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  try {
    createSqlStore({ query: async () => ({ rows: [] }) }, { schema });
    await readCosts(createMemoryStore(), query);
  } catch (error) {
    if (!QwireError.is(error)) throw error;
    const option = error.message.replace(/^\w+/, (field) => `--${field.replace('timeZone', 'time-zone')}`);
    command.error(`error: ${option.replace(/\[\d+\]/, '')}`);
  }
  return query;
}

const groups = ['workspace', 'model', 'wire', 'day'];

function readGroups(text: string, command: Command): readonly CostDimension[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !groups.includes(name) && !/^tag:./.test(name));
  if (wrong === undefined) return names as readonly CostDimension[];
  return command.error(
    `error: --by: there is no group ${JSON.stringify(wrong)}; use ${groups.join(', ')} or tag:<name>`,
  );
}

function toPlace({ folder, database }: CostsOptions, command: Command): Place {
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

/** What is no terminal has no width, unless COLUMNS says so. */
function widthOfOutput(): number {
  return process.stdout.isTTY || process.env.COLUMNS ? outputWidth() : Number.POSITIVE_INFINITY;
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${problems[cause.code ?? ''] ?? cause.message}`, { cause });
  });
  console.error(`Wrote ${file}`);
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EISDIR: 'is a folder; name a file in it',
  EACCES: 'may not be written',
};
