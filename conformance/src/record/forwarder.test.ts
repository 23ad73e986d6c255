import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Forwarded, type Forwarder, startForwarder } from './forwarder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A service, the forwarder before it, and what was kept. */
async function start(answer: Answer, mayForward = () => true) {
  const service: Server = createServer(answer);
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const kept: Forwarded[] = [];
  const forwarder: Forwarder = await startForwarder({
    route: ({ url }) => {
      const { pathname: path } = new URL(url);
      return path === '/nowhere'
        ? undefined
        : { wireFormat: 'dashscope', url: `${origin}${path}`, path, headers: { 'x-added': '1' } };
    },
    mayForward,
    onExchange: (exchange) => kept.push(exchange),
  });
  cleanups.push(
    () => forwarder.stop(),
    () => {
      service.closeAllConnections();
      service.close();
    },
  );
  return { forwarder, kept };
}

test('a request goes on with its headers and bytes, but for what belongs to one connection', async () => {
  const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
  const { forwarder, kept } = await start(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    seen.push({ headers: incoming.headers, body });
    outgoing.writeHead(201, { 'x-request-id': 'a' }).end('done');
  });
  const reply = await fetch(`${forwarder.origin}/call`, {
    method: 'POST',
    headers: { authorization: 'Bearer k', 'accept-encoding': 'gzip' },
    body: 'text',
  });
  expect([reply.status, reply.headers.get('x-request-id'), await reply.text()]).toEqual([201, 'a', 'done']);
  expect(seen[0]).toMatchObject({
    body: 'text',
    headers: { authorization: 'Bearer k', 'accept-encoding': 'identity', 'x-added': '1' },
  });
  await forwarder.settled();
  expect(kept).toMatchObject([{ status: 201, ended: 'closed', chunks: [{ bytes: 4 }] }]);
});

test('a redirect is brought back and not followed', async () => {
  const { forwarder } = await start((incoming, outgoing) => {
    if (incoming.url === '/elsewhere') outgoing.end('the key arrived here');
    else outgoing.writeHead(302, { location: '/elsewhere' }).end();
  });
  const reply = await fetch(`${forwarder.origin}/call`, { redirect: 'manual' });
  expect(reply.status).toBe(302);
});

test('a connection that breaks, breaks for the client as well', async () => {
  const { forwarder, kept } = await start((_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/plain' });
    outgoing.write('half', () => setImmediate(() => outgoing.destroy()));
  });
  const reply = await fetch(`${forwarder.origin}/call`);
  await expect(reply.text()).rejects.toThrow('terminated');
  await forwarder.settled();
  expect(kept).toMatchObject([{ ended: 'cut' }]);
  expect(Buffer.from(kept[0]?.body ?? []).toString()).toBe('half');
});

test('a client that leaves releases the service', async () => {
  const released = Promise.withResolvers<void>();
  const { forwarder, kept } = await start((_, outgoing) => {
    outgoing.once('close', () => released.resolve());
    outgoing.writeHead(200).write('and on');
  });
  const reader = (await fetch(`${forwarder.origin}/call`)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await released.promise;
  await forwarder.settled();
  expect(kept).toMatchObject([{ ended: 'left' }]);
});

test('what is not routed, and what is over the ceiling, reaches nobody', async () => {
  let calls = 0;
  const { forwarder, kept } = await start(
    (_, outgoing) => {
      calls += 1;
      outgoing.end();
    },
    () => false,
  );
  expect((await fetch(`${forwarder.origin}/nowhere`)).status).toBe(404);
  await expect(fetch(`${forwarder.origin}/call`)).rejects.toThrow('fetch failed');
  expect([calls, kept]).toEqual([0, []]);
});
