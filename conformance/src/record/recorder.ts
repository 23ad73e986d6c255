import { existsSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Forwarded } from './forwarder.ts';
import { toRecording } from './recording.ts';
import { createRedactor } from './redactor.ts';

export interface RecorderOptions {
  /** Where recordings go; made when it is missing. */
  readonly folder: string;
  /** Keys that are known from the start; those of requests are learned. */
  readonly keys?: readonly string[];
  /** Names to be replaced by tokens, such as the workspace's id. */
  readonly ids?: readonly string[];
}

/** What became of one exchange. */
export type Kept = { readonly folder: string } | { readonly withheld: string };

export interface Recorder {
  keep(exchange: Forwarded): Promise<Kept>;
}

/**
 * Writes exchanges for review by hand, one folder each, with keys and ids redacted.
 *
 * @throws Error when the folder lies among the cases: a recording becomes a case by hand, never by itself.
 */
export function createRecorder({ folder: given, keys = [], ids = [] }: RecorderOptions): Recorder {
  const folder = realPath(resolve(given));
  if (folder.split(sep).includes('cases')) {
    throw new Error(`${given}: recordings are not written among the cases; choose another folder`);
  }
  const redactor = createRedactor({ keys, ids });
  const session = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  let count = 0;
  return {
    async keep(exchange) {
      const made = toRecording(exchange, redactor, session.slice(0, 10));
      if ('withheld' in made) return made;
      count += 1;
      const own = join(folder, `${session}-${String(count).padStart(3, '0')}-${exchange.wireFormat}`);
      await mkdir(own, { recursive: true });
      // Nothing here is to be committed before somebody has read it.
      const ignore = join(folder, '.gitignore');
      if (!existsSync(ignore)) await writeFile(ignore, '*\n');
      await writeFile(join(own, made.recording.reply.bodyFile), made.body);
      await writeFile(join(own, 'exchange.json'), `${JSON.stringify(made.recording, null, 2)}\n`);
      return { folder: own };
    },
  };
}

/** The path with links resolved, of a folder that need not exist yet. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}
