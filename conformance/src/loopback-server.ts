import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalServer, servedHosts, whyRefused } from '@qwire/local-server';
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
  const server = createLocalServer((incoming, outgoing) => {
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
  const reason = whyRefused((name) => incoming.headersDistinct[name]?.[0], access);
  if (reason !== undefined) {
    refuse(outgoing, { status: 403, code: 'NotServedHere', message: reason });
    return;
  }
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const request = await toRequest(incoming, gone.signal);
  if (request === undefined) {
    refuse(outgoing, { status: 413, code: 'RequestTooLarge', message: tooLarge });
    return;
  }
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

const access = { hosts: servedHosts('127.0.0.1') };
/** Bytes: more than any documented request has. */
const maxBodyBytes = 64 * 1024 * 1024;
const tooLarge = `The request is larger than ${maxBodyBytes / 1024 / 1024} MB.`;

/** Ends the connection too, since nobody reads what is left of the request. */
function refuse(
  outgoing: ServerResponse,
  { status, ...error }: { readonly status: number; readonly code: string; readonly message: string },
): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  outgoing.end(JSON.stringify({ ...error, error }));
}

/** @returns `undefined` for a body that is too large. */
async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request | undefined> {
  if (Number(incoming.headers['content-length']) > maxBodyBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // What is left unread stays open until the refusal is sent.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += (chunk as Uint8Array).length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk as Uint8Array);
  }
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
