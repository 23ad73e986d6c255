import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ClientDriver, childDriver, type Deviation, loadDeviations } from '@qwire/conformance';

/** Which clients take part, as the command line says it. */
export interface ClientOptions {
  /** Modules whose default export is a driver. */
  readonly driver?: readonly string[];
  /** Commands that start a client which speaks the protocol for child processes. */
  readonly driverCommand?: readonly string[];
  /** Such as `my-client=my-client.deviations.json`. */
  readonly deviations?: readonly string[];
}

export interface LoadedDriver {
  readonly driver: ClientDriver;
  readonly deviations: readonly Deviation[];
}

/**
 * Loads every client that takes part.
 *
 * @throws Error naming what cannot be loaded, and why.
 */
export async function loadDrivers(options: ClientOptions): Promise<LoadedDriver[]> {
  const { driver: files = [], driverCommand: commands = [], deviations = [] } = options;
  if (files.length + commands.length === 0) {
    throw new Error(
      'Say what to hold to the documents: --driver <file>, --driver-command <command>, --base-url <url>, --live or --record',
    );
  }
  const loaded = await Promise.all([
    ...files.map((file) => loadDriver(resolve(file))),
    ...commands.map(async (command) => ({ driver: await childDriver({ command }), deviations: [] })),
  ]);
  return deviations.reduce(addDeviations, loaded);
}

/**
 * Imports a driver's module. Its deviations are those in the file beside it: `driver.ts` has `driver.deviations.json`.
 *
 * @throws Error naming the file and what its default export lacks.
 */
export async function loadDriver(file: string): Promise<LoadedDriver> {
  const module: unknown = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new Error(`${file} could not be loaded: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  });
  const driver = (module as { readonly default?: unknown }).default;
  if (!isDriver(driver)) {
    throw new Error(
      `${file}: the default export must be a client driver with name, version, wireFormat, supports and perform`,
    );
  }
  return { driver, deviations: loadDeviations(file.replace(/\.[^.]+$/, '.deviations.json')) };
}

function isDriver(value: unknown): value is ClientDriver {
  if (typeof value !== 'object' || value === null) return false;
  const { name, version, wireFormat, supports, perform } = value as Partial<
    Record<keyof ClientDriver, unknown>
  >;
  return (
    [name, version, wireFormat].every((text) => typeof text === 'string') &&
    typeof supports === 'object' &&
    typeof perform === 'function'
  );
}

function addDeviations(loaded: LoadedDriver[], option: string): LoadedDriver[] {
  const [, client = '', file = ''] = /^(.+?)=(.+)$/.exec(option) ?? [];
  const names = loaded.map(({ driver }) => driver.name);
  if (!names.includes(client)) {
    const known = names.map((name) => JSON.stringify(name)).join(', ');
    throw new Error(`--deviations ${option}: write <client>=<file>, where the client is one of ${known}`);
  }
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`--deviations ${option}: there is no file ${path}`);
  return loaded.map((entry) =>
    entry.driver.name === client
      ? { ...entry, deviations: [...entry.deviations, ...loadDeviations(path)] }
      : entry,
  );
}
