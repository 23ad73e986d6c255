import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the server saw of the load. */
export interface ServerCounts {
  /** Responses that have not ended. */
  readonly open: number;
  /** The most at a time. */
  readonly peak: number;
  readonly sentEvents: number;
}

export interface SoakServer {
  readonly baseURL: string;
  counts(): Promise<ServerCounts>;
  close(): Promise<void>;
}

/** Starts the server in a process of its own, which ends with this one. */
export async function startSoakServer(): Promise<SoakServer> {
  const child = fork(fileURLToPath(new URL('./soak-server.ts', import.meta.url)), { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  return {
    baseURL: `http://127.0.0.1:${port}`,
    async counts() {
      const answered = once(child, 'message');
      child.send('counts');
      return ((await answered) as [ServerCounts])[0];
    },
    async close() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
