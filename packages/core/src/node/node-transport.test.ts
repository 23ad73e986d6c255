import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { TransportRequest, TransportResponse } from '../transport.ts';
import { createNodeTransport } from './node-transport.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(listener: RequestListener, host = '127.0.0.1'): Promise<Server & { url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closing.push(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return Object.assign(server, { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/a?b=c` });
}

function transport() {
  const created = createNodeTransport();
  closing.push(created.close);
  return created;
}

const post = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'POST',
  url,
  headers: { 'x-own': '1' },
  body: '{"text":"杭州"}',
  ...more,
});

async function readAll(response: TransportResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let { value } = await response.read(); value; { value } = await response.read()) {
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

const echo: RequestListener = async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method, url, headers } = incoming;
  outgoing.writeHead(201, { 'Set-Cookie': ['a', 'b'] });
  outgoing.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
};

test('carries method, path, headers and body, and brings status and headers', async () => {
  const { url } = await serve(echo);
  const response = await transport()(post(url)).response;
  expect(response.status).toBe(201);
  expect([response.headers.get('SET-COOKIE'), response.headers.get('x-none')]).toEqual(['a, b', null]);
  const seen = JSON.parse(await readAll(response));
  expect(seen).toMatchObject({ method: 'POST', url: '/a?b=c', body: '{"text":"杭州"}' });
  expect(seen.headers).toMatchObject({ 'x-own': '1', 'content-length': '17' });
});

test('a request without a body has none', async () => {
  const { url } = await serve(echo);
  const response = await transport()(post(url, { method: 'GET', body: undefined })).response;
  expect(JSON.parse(await readAll(response))).toMatchObject({ method: 'GET', body: '' });
});

test('a form is written with its boundary', async () => {
  const { url } = await serve(echo);
  const body = new FormData();
  body.set('key', 'uploads/杭州.png');
  body.set('file', new Blob([new Uint8Array([0, 255, 1])]), 'a.png');
  const seen = JSON.parse(await readAll(await transport()(post(url, { body })).response));
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(seen.headers['content-type'])?.[1];
  expect(boundary).toBeTruthy();
  expect(seen.body).toContain(`--${boundary}`);
  expect(seen.body).toContain('uploads/杭州.png');
});

test('a host that is an IPv6 address is reached', async () => {
  const { url } = await serve(echo, '::1');
  expect((await transport()(post(url)).response).status).toBe(201);
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)('a body in %s is read as what was compressed', async (encoding, compress) => {
  const { url } = await serve((_, outgoing) => {
    outgoing.writeHead(200, { 'content-encoding': encoding });
    outgoing.end(compress('杭州'.repeat(1000)));
  });
  expect(await readAll(await transport()(post(url)).response)).toBe('杭州'.repeat(1000));
});

test.each([
  ['cut compressed data', 'gzip', 20],
  ['cut data', 'identity', 4],
])('%s is a failure', async (_, encoding, length) => {
  const { url } = await serve((_, outgoing) => {
    outgoing.writeHead(200, { 'content-encoding': encoding, 'content-length': 1000 });
    outgoing.write(gzipSync('杭州'.repeat(1000)).subarray(0, length), () => outgoing.destroy());
  });
  const response = await transport()(post(url)).response;
  await expect(readAll(response)).rejects.toThrow();
});

test('calls one after the other share a connection', async () => {
  const server = await serve(echo);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const send = transport();
  for (let call = 0; call < 5; call += 1) await readAll(await send(post(server.url)).response);
  expect(connections).toBe(1);
});

test('a refused connection fails with its code', async () => {
  const server = await serve(echo);
  await new Promise((resolve) => server.close(resolve));
  await expect(transport()(post(server.url)).response).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('cancelling ends the wait for headers and closes the connection', async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const arrived = new Promise<void>((resolve) => {
    void serve((incoming) => {
      closed = new Promise((onClose) => incoming.socket.on('close', onClose));
      resolve();
    }).then(({ url }) => {
      const exchange = transport()(post(url));
      exchange.response.then(fail, onFailure);
      void arrived.then(() => exchange.cancel(undefined));
    });
  });
  let onFailure: (cause: unknown) => void = () => {};
  const fail = () => onFailure('brought a response');
  const failure = new Promise((resolve) => {
    onFailure = resolve;
  });
  expect(await failure).toBeInstanceOf(Error);
  await closed;
});

test('cancelling ends the wait for bytes and closes the connection', async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const { url } = await serve((incoming, outgoing) => {
    closed = new Promise((resolve) => incoming.socket.on('close', resolve));
    outgoing.write('a');
  });
  const exchange = transport()(post(url));
  const response = await exchange.response;
  await response.read();
  const waiting = response.read();
  exchange.cancel(undefined);
  await expect(waiting).rejects.toThrow();
  await closed;
});

test('what nobody asks for is left with the service', async () => {
  let written = 0;
  const { url } = await serve((_, outgoing) => {
    const chunk = Buffer.alloc(64 * 1024);
    const write = () => {
      while (!outgoing.destroyed && written < 200) {
        written += 1;
        if (!outgoing.write(chunk)) return void outgoing.once('drain', write);
      }
    };
    write();
  });
  const response = await transport()(post(url)).response;
  await response.read();
  await new Promise((resolve) => setTimeout(resolve, 300));
  // 200 chunks are 12.8 MB; the buffers of both sockets take a part.
  expect(written).toBeLessThan(200);
});
