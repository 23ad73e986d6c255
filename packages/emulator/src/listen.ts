import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createLocalServer, toRequest } from '@qwire/local-server';
import type { ListenOptions, RunningEmulator } from './emulator.ts';
import { guardListening } from './guard-listening.ts';

/**
 * Serves a fetch handler over HTTP, on this machine only unless told otherwise.
 * @throws Error with code `EADDRINUSE` when the port is taken.
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  options: ListenOptions = {},
): Promise<RunningEmulator> {
  const { port = 0, host = '127.0.0.1' } = options;
  const guarded = guardListening(fetch, { ...options, host });
  // Left alone, the adapter replaces the global Request and Response, which other users of fetch would notice.
  const listener = getRequestListener(
    async (request, { outgoing }) => breakQuietly(await guarded(toRequest(request)), outgoing),
    { overrideGlobalObjects: false },
  );
  const server = createLocalServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: actual } = server.address() as AddressInfo;
  const url = `http://${toUrlHost(host)}:${actual}`;
  return {
    url,
    port: actual,
    host,
    baseURLs: { 'openai-compatible': `${url}/compatible-mode/v1`, dashscope: `${url}/api/v1` },
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

// A body that fails on purpose cuts the connection, and is no failure of the server to be printed.
function breakQuietly(response: Response, outgoing: { destroy(): unknown }): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch {
          outgoing.destroy();
          controller.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

function toUrlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
