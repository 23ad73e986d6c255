import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getResponse, type RequestHandler } from 'msw';

/** MSW handlers behind a real HTTP server. */
export interface LoopbackServer {
  /** Such as `http://127.0.0.1:4711`. */
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Listens on loopback. Keeps what ready-made bridges lose: chunks stay as they are cut, an error of the body and
 * `Response.error()` cut the connection without a word, and a client that goes away cancels the body.
 *
 * @throws Error with code `EADDRINUSE` when the port is taken; any free one is used unless one is given.
 */
export async function startLoopbackServer(
  handlers: RequestHandler[],
  { port: wanted = 0 }: { readonly port?: number } = {},
): Promise<LoopbackServer> {
  const server = createServer((incoming, outgoing) => {
    answer(handlers, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

async function answer(
  handlers: RequestHandler[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const request = await toRequest(incoming, gone.signal);
  const response = await getResponse(handlers, request);
  if (!response) {
    outgoing.writeHead(501).end();
    return;
  }
  if (response.type === 'error') {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  await pipeBody(response.body, outgoing, gone.signal);
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const item of value ?? []) headers.append(name, item);
  }
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks);
  return new Request(`http://${incoming.headers.host}${incoming.url}`, { method, headers, body, signal });
}

/** @throws what the body throws; the caller then cuts the connection. */
async function pipeBody(
  body: ReadableStream<Uint8Array> | null,
  outgoing: ServerResponse,
  gone: AbortSignal,
) {
  if (!body) {
    outgoing.end();
    return;
  }
  const reader = body.getReader();
  gone.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value)) await drained(outgoing, gone);
  }
  outgoing.end();
}

function drained(outgoing: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve);
    gone.addEventListener('abort', () => resolve(), { once: true });
  });
}
