import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the socket of a PostgreSQL server, the database `postgres` for the user `postgres` without a password. */
    readonly postgresSocket: string;
  }
}

const run = promisify(execFile);

/** A private server in a folder of its own, reached through a socket in it; nothing else on the machine is touched. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const bin = findPrograms();
  const user = await findUser();
  const folder = await mkdtemp(join(tmpdir(), 'qwire-postgres-'));
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  let server: ChildProcess | undefined;
  // Also when the tests are interrupted.
  const killServer = () => void server?.kill('SIGINT');
  process.once('exit', killServer);
  const tearDown = async () => {
    process.off('exit', killServer);
    if (server) await stop(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const asUser = { ...user, cwd: folder };
    await run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      asUser,
    );
    const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'max_connections=60'];
    server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...asUser,
      stdio: 'ignore',
    });
    await answering(folder, server);
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('postgresSocket', folder);
  return tearDown;
}

/** Debian keeps them off the path, one folder for each version. */
function findPrograms(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  const found = folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  );
  if (found) return found;
  throw new Error(
    'These tests need the programs of a PostgreSQL server, initdb and postgres: apt-get install postgresql, or have them on the path.',
  );
}

/** The server refuses to run as root; Debian's package brings a user for it. */
async function findUser(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

async function answering(host: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; server.exitCode === null && tries < 300; tries += 1) {
    const client = new pg.Client({ host, user: 'postgres', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`The PostgreSQL server did not start (exit code ${server.exitCode})`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  // A fast shutdown: it ends the connections.
  server.kill('SIGINT');
  await gone;
}
