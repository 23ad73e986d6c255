import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createLocalServer, serverLimits } from './create-local-server.ts';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const quick = { ...serverLimits, headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
type Listener = Parameters<typeof createLocalServer>[0];

/** Connects to a server of its own. */
async function serve(listener: Listener, limits = quick): Promise<() => Promise<Socket>> {
  const server = createLocalServer(listener, limits);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return async () => {
    const socket = connect(port, '127.0.0.1')
      .setEncoding('latin1')
      .on('error', () => {});
    closers.push(() => socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (data) => {
    text += data;
  });
  await once(socket, 'close');
  return text;
}

const head = 'POST / HTTP/1.1\r\nHost: localhost\r\n';

test('headers that drip in are given up', async () => {
  const open = await serve((_, outgoing) => outgoing.end());
  const socket = await open();
  socket.write(head);
  expect(await readAll(socket)).toContain('408 Request Timeout');
});

test('a body that drips in is given up', async () => {
  const open = await serve((incoming, outgoing) => incoming.resume().once('end', () => outgoing.end()));
  const socket = await open();
  socket.write(`${head}Content-Length: 9\r\n\r\nabc`);
  expect(await readAll(socket)).not.toContain('200 OK');
});

test('a connection without a word is given up', async () => {
  const open = await serve((_, outgoing) => outgoing.end());
  expect(await readAll(await open())).not.toContain('200 OK');
});

test('one connection too many costs the one that waits longest, and no answer that is under way', async () => {
  let finish = () => {};
  const open = await serve(
    (_, outgoing) => {
      finish = () => outgoing.end('whole');
    },
    { ...serverLimits, maxConnections: 3 },
  );
  const answered = await open();
  answered.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await expect.poll(() => String(finish)).toContain('whole');
  const waiting = [await open(), await open()];
  const [first, second] = waiting.map((socket) => once(socket.resume(), 'close'));
  await open();
  await first;
  let isSecondClosed = false;
  void second?.then(() => {
    isSecondClosed = true;
  });
  finish();
  expect(await readAll(answered)).toContain('whole');
  expect(isSecondClosed).toBe(false);
});

test('answers are kept from pages and caches, unless the listener says otherwise', async () => {
  const open = await serve((_, outgoing) => outgoing.writeHead(200, { 'cache-control': 'no-cache' }).end());
  const socket = await open();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  const text = await readAll(socket);
  expect(text).toContain('cross-origin-resource-policy: same-origin');
  expect(text).toContain('x-content-type-options: nosniff');
  expect(text).toContain('cache-control: no-cache');
  expect(text).not.toContain('no-store');
});
