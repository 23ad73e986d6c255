import { pathToFileURL } from 'node:url';
import { type ClientDriver, type Deviation, loadDeviations } from '@qwire/conformance';

export interface LoadedDriver {
  readonly driver: ClientDriver;
  /** From the file beside the driver's: `driver.ts` has `driver.deviations.json`. */
  readonly deviations: readonly Deviation[];
}

/**
 * Imports a driver's module.
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
