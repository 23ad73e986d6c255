import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { OpenServer } from './shipped-servers.fixture.ts';

export interface Talked {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One request over a connection of its own, with the path exactly as it is given. */
export function talk(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Talked> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', path, method, headers, agent: false });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      text(incoming).then(
        (read) => resolve({ status: incoming.statusCode, headers: incoming.headers, body: read }),
        reject,
      );
    });
    outgoing.end(body);
  });
}

/** What a client asks that means well. */
export function askWell(
  { port, ask }: OpenServer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Talked> {
  return talk(port, ask.path, { method: 'POST', headers: { ...ask.headers, ...headers }, body: ask.body });
}

/** Sends bytes as they are, and reads until the server closes the connection. */
export function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1')).setEncoding('latin1');
    let read = '';
    socket.on('data', (data) => {
      read += data;
    });
    // The server may leave before all was sent.
    socket.on('error', () => {});
    socket.once('close', () => resolve(read));
  });
}

/** Sends a body without saying how long it is, until the server has answered. */
export function sendEndlessly({
  port,
  ask,
}: OpenServer): Promise<{ readonly status: number | undefined; readonly sent: number }> {
  return new Promise((resolve) => {
    const outgoing = request({
      port,
      host: '127.0.0.1',
      path: ask.path,
      method: 'POST',
      headers: ask.headers,
      agent: false,
    });
    const piece = Buffer.alloc(1024 * 1024, ' ');
    let isAnswered = false;
    let sent = 0;
    outgoing.on('error', () => resolve({ status: undefined, sent }));
    outgoing.once('response', (incoming) => {
      isAnswered = true;
      incoming.resume();
      resolve({ status: incoming.statusCode, sent });
      outgoing.destroy();
    });
    const send = (): void => {
      if (isAnswered || outgoing.destroyed) return;
      sent += piece.length;
      outgoing.write(piece, () => setImmediate(send));
    };
    send();
  });
}
