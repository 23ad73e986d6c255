import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createLocalServer, servedHosts, toRequest } from '@qwire/local-server';
import type { ConsoleOptions } from './console-options.ts';
import { createApp, webRoot } from './create-app.ts';
import { findFreePort } from './find-free-port.ts';

export interface ConsoleListenOptions {
  /** 4020 unless given; 0 is any free one. When it is taken, one of the next 20, else any free one. */
  readonly port?: number;
  /** `127.0.0.1` unless given: only this machine can open the page. */
  readonly host?: string;
}

export interface Console {
  /**
   * Serves the page.
   * @returns the page's address.
   * @throws Error when the page was not built.
   */
  listen(options?: ConsoleListenOptions): Promise<string>;
  /** Aborts the answers that are being streamed, cuts the connections and stops listening. Can be called again. */
  close(): Promise<void>;
}

export const defaultConsolePort = 4020;

/** A page to talk to every workspace over every wire. The clients, and the keys in them, stay on this side. */
export function createConsole(options: ConsoleOptions): Console {
  if (options.workspaces.length === 0) throw new TypeError('workspaces: must hold at least one workspace');
  const allowedHosts = new Set([...servedHosts('127.0.0.1'), ...(options.allowedHosts ?? [])]);
  const app = createApp(options, allowedHosts);
  let server: Server | undefined;

  return {
    async listen({ port = defaultConsolePort, host = '127.0.0.1' } = {}) {
      if (!existsSync(join(webRoot, 'index.html'))) {
        throw new Error(
          `The page was not built: ${webRoot} has no index.html. Run: pnpm --filter @qwire/demo build`,
        );
      }
      const free = await findFreePort(port, host);
      const urlHost = host.includes(':') ? `[${host}]` : host;
      allowedHosts.add(urlHost);
      const listener = getRequestListener((request) => app.fetch(toRequest(request)), {
        overrideGlobalObjects: false,
      });
      server = createLocalServer(listener);
      await startListening(server, { port: free, host });
      return `http://${urlHost}:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        // Ends the answers that are under way too: each call is aborted when its reader is gone.
        closing.closeAllConnections();
      });
    },
  };
}

function startListening(
  server: Server,
  options: { readonly port: number; readonly host: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
