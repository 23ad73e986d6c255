import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTLSServer } from 'node:tls';
import { playSteps } from './play-steps.ts';
import { selfSigned } from './self-signed.ts';
import type { Step } from './step.ts';

/** A server in this process that says, byte for byte, what it is given to say. */
export interface FaultServer {
  readonly port: number;
  /** Requests that came whole; with TLS, connections. */
  readonly tries: number;
  readonly connections: number;
  /** Bytes that were taken from it. */
  readonly sentBytes: number;
  /** Connections that are open although they wait for no further request. */
  readonly openConnections: number;
  close(): Promise<void>;
}

interface FaultServerOptions {
  /** What it says to one request after the other. */
  readonly answers: readonly (readonly Step[])[];
  /** What it says to all further ones. */
  readonly further: readonly Step[];
  /** Says it without a request. */
  readonly atOnce: boolean;
  /** Shows a certificate that nobody vouches for. */
  readonly tls: boolean;
  /** Called by the step `cancel`. */
  readonly onCancel: () => void;
}

type State = 'idle' | 'busy';

export async function createFaultServer(options: FaultServerOptions): Promise<FaultServer> {
  const sockets = new Map<Socket, State>();
  let [requests, connections, closedBytes] = [0, 0, 0];
  const onSocket = (socket: Socket) => {
    sockets.set(socket, 'idle');
    socket.on('close', () => {
      closedBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
    // That the other side goes is what most of this is about.
    socket.on('error', () => {});
    const answer = async () => {
      requests += 1;
      sockets.set(socket, 'busy');
      const steps = options.answers[requests - 1] ?? options.further;
      const played = await playSteps(steps, { socket, onCancel: options.onCancel });
      if (played === 'complete' && sockets.has(socket)) sockets.set(socket, 'idle');
    };
    if (options.atOnce) {
      socket.resume();
      void answer();
    } else {
      readRequests(socket, () => void answer());
    }
  };
  const server = options.tls ? createTLSServer(selfSigned, onSocket) : createServer(onSocket);
  server.on('connection', () => {
    connections += 1;
  });
  // A handshake that the other side breaks off.
  server.on('tlsClientError', () => {});
  const port = await listen(server);
  return {
    port,
    get tries() {
      // By an untrusted connection no request comes.
      return options.tls ? connections : requests;
    },
    get connections() {
      return connections;
    },
    get sentBytes() {
      return [...sockets.keys()].reduce((sum, { bytesWritten }) => sum + bytesWritten, closedBytes);
    },
    get openConnections() {
      return [...sockets.values()].filter((state) => state === 'busy').length;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets.keys()) socket.destroy();
      await closed;
    },
  };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const blankLine = '\r\n\r\n';

/** Calls back for each request whose body has come whole. */
function readRequests(socket: Socket, onRequest: () => void): void {
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    const end = received.indexOf(blankLine);
    if (end === -1) return;
    const headers = received.slice(0, end + blankLine.length);
    const length = Number(/^content-length: *(\d+)/im.exec(headers)?.[1] ?? 0);
    if (received.length < headers.length + length) return;
    received = received.slice(headers.length + length);
    onRequest();
  });
}
