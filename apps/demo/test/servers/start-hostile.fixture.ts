import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('hostile-clients.fixture.ts', import.meta.url));

export interface Hostile {
  readonly kind: 'idle' | 'slow headers' | 'slow body' | 'half open';
  readonly port: number;
  readonly path: string;
  readonly count: number;
  /** One of loopback's: each has ports of its own. */
  readonly from: string;
}

/** Connections that are held by another process. */
export interface Held {
  /** How many the server took. */
  readonly opened: number;
  /** How many it has not closed yet. */
  countOpen(): Promise<number>;
  stop(): void;
}

/** Resolves when all connections were tried. */
export async function startHostile({ kind, port, path, count, from }: Hostile): Promise<Held> {
  const child = fork(program, [kind, String(port), path, String(count), from], {
    stdio: 'ignore',
    execArgv: [],
  });
  const { opened } = await next<{ readonly opened: number }>(child);
  return {
    opened,
    async countOpen() {
      child.send('count');
      return (await next<{ readonly open: number }>(child)).open;
    },
    stop: () => child.disconnect(),
  };
}

async function next<Message>(child: ChildProcess): Promise<Message> {
  const [message] = await once(child, 'message');
  return message as Message;
}
