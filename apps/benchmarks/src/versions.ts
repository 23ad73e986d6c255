import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packagesOf } from './contenders.ts';

const { resolve } = createRequire(import.meta.url);

/** The versions of the packages that contenders are made of, by name; what Node brings has none of its own. */
export function versionsOf(contenders: readonly string[]): Readonly<Record<string, string>> {
  const specifiers = contenders.flatMap((name) => packagesOf[name] ?? []);
  const names = specifiers.filter((name) => !name.startsWith('node:')).map(packageName);
  return Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, versionOf(name)]));
}

/** Without the path of the entry. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Read beside the code that is imported: not every package exports its own description. */
function versionOf(name: string): string {
  for (const folder of resolve.paths(name) ?? []) {
    try {
      const { version }: { version: string } = JSON.parse(
        readFileSync(join(folder, name, 'package.json'), 'utf8'),
      );
      return version;
    } catch {
      // Not in this folder.
    }
  }
  throw new Error(`${name} is not installed below ${dirname(import.meta.filename)}`);
}
