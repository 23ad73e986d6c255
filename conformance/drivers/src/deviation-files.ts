import { writeFileSync } from 'node:fs';
import { type Deviation, loadDeviations } from '@qwire/conformance';
import { driversRoot } from './version-of.ts';

function fileOf(folder: string): string {
  return `${driversRoot}clients/${folder}/driver.deviations.json`;
}

/** What is on record of the client in this folder below `clients`. */
export function readDeviations(folder: string): Deviation[] {
  return loadDeviations(fileOf(folder));
}

/** Puts on record what is given, and nothing else; the formatter has the last word on its form. */
export function writeDeviations(folder: string, deviations: readonly Deviation[]): void {
  writeFileSync(fileOf(folder), `${JSON.stringify(deviations.map(withoutDefaults), null, 2)}\n`);
}

function withoutDefaults({ requestDifferences, because, since, reviewBy, ...deviation }: Deviation) {
  return {
    ...deviation,
    ...(requestDifferences.length > 0 && { requestDifferences }),
    because,
    since,
    reviewBy,
  };
}
