import { constants, cp, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Longer than the steps in which file systems tell time. */
const restMs = 50;

/**
 * Copies a folder as it was at one moment: nothing in it changed for a while before, and nothing while it was copied. For a
 * database that is the state after its process was killed, from which it recovers.
 *
 * @throws Error when the folder does not come to rest, or may not be read.
 */
export async function copyAtRest(from: string, to: string, { tries = 100 } = {}): Promise<void> {
  let before = await stateOf(from);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    await setTimeout(restMs);
    const now = await stateOf(from);
    if (now === before && (await copy(from, to)) && (await stateOf(from)) === now) return;
    before = now;
  }
  throw new Error(
    'another process writes into it without a pause. Read it with studio.costs() in that process, or stop that process.',
  );
}

/** False when a file went away meanwhile. */
async function copy(from: string, to: string): Promise<boolean> {
  try {
    await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** Size and time of every file; equal texts mean that nothing was written. */
async function stateOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true });
  const states = await Promise.all(
    entries.sort().map(async (entry) => {
      try {
        const { size, mtimeNs, ctimeNs } = await stat(join(folder, entry), { bigint: true });
        return `${entry} ${size} ${mtimeNs} ${ctimeNs}`;
      } catch (error) {
        if (isGone(error)) return `${entry} gone`;
        throw error;
      }
    }),
  );
  return states.join('\n');
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
