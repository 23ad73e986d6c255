import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Path of the browser: `CHROMIUM_PATH`, else the first of the usual names on `PATH`.
 * @throws Error that says how to get one. A browser test that is skipped proves nothing.
 */
export function findChromium({ CHROMIUM_PATH: chosen, PATH: path = '' }: Environment): string {
  const candidates = chosen
    ? [chosen]
    : path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    chosen
      ? `CHROMIUM_PATH: ${chosen} is no program that can be run.`
      : 'No Chromium on PATH. Install one (Debian: apt-get install chromium), or name it in CHROMIUM_PATH.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
