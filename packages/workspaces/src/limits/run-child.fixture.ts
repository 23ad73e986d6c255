import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface ChildOptions {
  readonly unit: 'requests' | 'tokens';
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
  /** How many calls the process makes at once, with this text, which says their tokens. */
  readonly calls: number;
  readonly text: string;
  readonly maxWaitMs: number;
  /** Tokens that the service reports of each. */
  readonly used?: number;
}

export interface ChildReport {
  /** When each call was sent: milliseconds since 1970. */
  readonly sent: readonly number[];
  readonly failures: readonly string[];
}

/** Runs child.fixture.ts in a process of its own. */
export async function runChild(socket: string, options: ChildOptions): Promise<ChildReport> {
  const file = fileURLToPath(new URL('./child.fixture.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file, socket, JSON.stringify(options)]);
  return JSON.parse(stdout) as ChildReport;
}
