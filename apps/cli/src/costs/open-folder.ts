import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyAtRest } from './copy-at-rest.ts';
import { describeProblem } from './describe-problem.ts';
import type { OpenLedger } from './open-database.ts';

/**
 * A copy of a folder of PGlite. PGlite writes into a folder that it opens, takes one that is not there for a new one, and
 * does not notice that another process has opened it, which would spoil it. A copy can be read at any time.
 *
 * @throws Error that names the folder and says what is wrong.
 */
export async function openFolder(folder: string): Promise<OpenLedger> {
  const version = await readVersion(folder);
  if (version !== knownVersion) {
    throw new Error(
      `${folder}: was made by PostgreSQL ${version}, and this release reads those of PostgreSQL ${knownVersion}. Read it with studio.costs() where it is written, or bring it up to date with PGlite.`,
    );
  }
  const copy = await mkdtemp(join(tmpdir(), 'qwire-costs-'));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  process.once('exit', remove);
  const discard = () => {
    process.off('exit', remove);
    remove();
  };
  try {
    await copyAtRest(await realpath(folder), copy);
    // Loaded here, because the other commands do without.
    const { PGlite } = await import('@electric-sql/pglite');
    const client = await PGlite.create(copy).catch((cause: unknown) => {
      throw new Error(`the database in it does not start: ${describeProblem(cause)}`, { cause });
    });
    return { client, close: () => client.close().finally(discard) };
  } catch (error) {
    discard();
    throw told(folder, error);
  }
}

/** The one of the PGlite that this package brings. */
const knownVersion = '18';

async function readVersion(folder: string): Promise<string> {
  try {
    if ((await stat(folder)).isDirectory())
      return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw told(folder, error);
    throw new Error(`${folder}: ${existsSync(folder) ? notPGlite : notThere}`, { cause: error });
  }
  throw new Error(`${folder}: is a file; name the folder that PGlite was given`);
}

function told(folder: string, error: unknown): Error {
  return new Error(`${folder}: ${describeProblem(error)}`, { cause: error });
}

const notPGlite = 'is no folder of PGlite, which has a file PG_VERSION';

const notThere = `there is no such folder, so no call was recorded in it. Calls are recorded so:

  import { PGlite } from '@electric-sql/pglite';
  import { createSqlStore, recordUsage } from '@qwire/workspaces';

  const store = createSqlStore(new PGlite('./ledger'));
  const ledger = recordUsage({ store, workspace: 'default', region: 'singapore' });
  const qwen = createDashScope({ region: 'singapore', interceptors: [ledger] });

A ledger elsewhere is named with --folder, or with --database when it is in a PostgreSQL.`;
