import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** What one client may take. Times in milliseconds. */
export interface ServerLimits {
  /** All headers of a request together, in bytes. */
  readonly maxHeaderSize: number;
  /** From the connection, or from a request's first byte, to the end of its headers. */
  readonly headersTimeout: number;
  /** To the end of a request's body. A reply may take any time. */
  readonly requestTimeout: number;
  /** How long a connection is kept for another request. */
  readonly keepAliveTimeout: number;
  /** How often the times are looked at. */
  readonly connectionsCheckingInterval: number;
  /** At a time. One more costs the connection that has waited for a request longest. */
  readonly maxConnections: number;
}

/** Room for a thousand streams at a time, and for files on their way to an emulator. */
export const serverLimits: ServerLimits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
  maxConnections: 4000,
};

/** An HTTP server that goes on serving others whatever one client does. A listener's own headers replace the given ones. */
export function createLocalServer(
  listener: (...args: Parameters<RequestListener>) => unknown,
  limits: ServerLimits = serverLimits,
): Server {
  const { maxConnections, ...options } = limits;
  /** The last request of each connection; the one that has been quiet longest is first. */
  const connections = new Map<Socket, IncomingMessage | undefined>();
  const server = createServer(options, (incoming, outgoing) => {
    const { socket } = incoming;
    connections.set(socket, incoming);
    outgoing.once('close', () => {
      if (connections.get(socket) !== incoming) return;
      connections.delete(socket);
      if (!socket.destroyed) connections.set(socket, undefined);
    });
    for (const [name, value] of Object.entries(safeHeaders)) outgoing.setHeader(name, value);
    void listener(incoming, outgoing);
  });
  server.on('connection', (socket: Socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
    if (connections.size > maxConnections) longestWaiting(connections)?.destroy();
  });
  return server;
}

// A request that is there as a whole is being answered; what drips in is as good as nothing.
function longestWaiting(connections: ReadonlyMap<Socket, IncomingMessage | undefined>): Socket | undefined {
  for (const [socket, incoming] of connections) {
    if (!socket.destroyed && incoming?.complete !== true) return socket;
  }
  return undefined;
}

/** No page of another site reads, frames or runs what is served, and no cache keeps it. */
const safeHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
