import { constants, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Longer than the steps in which file systems tell time: what is written after a rest has another time. */
const restMs = 20;

/** What is at each path of a folder. Equal texts mean that nothing was written meanwhile. */
type States = ReadonlyMap<string, string>;

/**
 * Copies a folder as it was at one moment: of every file what it was when none of them changed. For a database that is the
 * state after its process was killed, from which it recovers. What has changed since is copied again until nothing has.
 *
 * @throws Error when there is no such moment for too long, or a file may not be read.
 */
export async function copyAtRest(from: string, to: string, { limitMs = 10_000 } = {}): Promise<void> {
  const end = performance.now() + limitMs;
  const copied = new Map<string, string>();
  let before = statesOf(from);
  do {
    await setTimeout(restMs);
    const now = statesOf(from);
    for (const path of copied.keys()) if (!now.has(path)) remove(path);
    for (const [path, state] of now) {
      // One that changed just now may change again without having another time.
      if (copied.get(path) !== state && before.get(path) === state) copy(path, state);
    }
    before = statesOf(from);
    if (areEqual(before, now) && areEqual(copied, now)) return;
  } while (performance.now() < end);
  throw new Error(
    'another process writes into it without a pause. Read it with studio.costs() in that process, or stop that process.',
  );

  function copy(path: string, state: string): void {
    if (state === isFolder) mkdirSync(join(to, path), { recursive: true });
    else if (!isThere(() => copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE)))
      return;
    copied.set(path, state);
  }

  function remove(path: string): void {
    rmSync(join(to, path), { recursive: true, force: true });
    copied.delete(path);
  }
}

const isFolder = 'folder';

/** Of folders before what is in them. Not asynchronous, because the moment has to be short. */
function statesOf(folder: string): States {
  const states = new Map<string, string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const found = statSync(join(folder, path), { bigint: true, throwIfNoEntry: false });
    if (!found) continue;
    states.set(path, found.isDirectory() ? isFolder : `${found.size} ${found.mtimeNs} ${found.ctimeNs}`);
  }
  return states;
}

/** False when a file went away meanwhile. */
function isThere(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function areEqual(left: States, right: States): boolean {
  return left.size === right.size && [...left].every(([path, state]) => right.get(path) === state);
}
