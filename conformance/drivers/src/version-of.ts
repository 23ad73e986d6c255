import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** This package's folder. */
export const driversRoot = fileURLToPath(new URL('../', import.meta.url));

/** The version of an installed package; read from its folder, because not every package lets its manifest be imported. */
export function versionOf(name: string): string {
  const file = `${driversRoot}node_modules/${name}/package.json`;
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version);
}
