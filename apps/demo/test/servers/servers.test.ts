import { findSecret } from '@qwire/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenServer, shippedServers } from './shipped-servers.fixture.ts';
import { askWell, sendEndlessly, sendRaw, talk } from './talk.fixture.ts';

const traversals = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '..\\',
  '..%5c',
  '..%255c',
  '.../...//',
  '/',
].flatMap((step) => [`/${step.repeat(9)}etc/passwd`, `/assets/${step.repeat(3)}package.json`]);
const paths = [
  ...traversals,
  '/etc/passwd%00.js',
  '/index.html%00',
  '/%',
  '/%ff',
  '//etc/passwd',
  '/file:///etc/passwd',
];

describe.each(Object.entries(shippedServers))('%s', (_, openServer) => {
  let server: OpenServer;
  beforeAll(async () => {
    server = await openServer();
  });
  afterAll(() => server?.close());

  const raw = (lines: readonly string[], body = ''): Promise<string> =>
    sendRaw(server.port, `${[`POST ${server.ask.path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${body}`);
  const host = 'Host: localhost';

  test('answers who means well', async () => {
    expect((await askWell(server)).status).toBe(200);
    expect((await askWell(server, { host: 'localhost' })).status).toBe(200);
    expect((await askWell(server, { 'transfer-encoding': 'chunked' })).status).toBe(200);
  });

  test.each(['rebound.test', 'localhost.rebound.test', '10.0.0.1'])(
    'turns away what is addressed to %s',
    async (name) => {
      const { status, body } = await askWell(server, { host: name });
      expect(status).toBe(403);
      expect(body).toContain(`Host ${name} is not served here`);
    },
  );

  test.each([
    { origin: 'http://site.test' },
    { origin: 'null' },
    { origin: 'http://localhost:9' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
  ])('turns away pages with %o, to write and to read', async (headers) => {
    expect((await askWell(server, headers as Record<string, string>)).status).toBe(403);
    for (const path of server.paths) {
      const reply = await talk(server.port, path, { headers: headers as Record<string, string> });
      expect(reply.status).toBe(403);
      expect(reply.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('grants no other site a request that asks first', async () => {
    const headers = { origin: 'http://site.test', 'access-control-request-method': 'POST' };
    const reply = await talk(server.port, server.ask.path, { method: 'OPTIONS', headers });
    expect(reply.status).toBe(403);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('reads no body that says it is too long', async () => {
    const length = `Content-Length: ${2 ** 40}`;
    expect(await raw([host, 'Content-Type: application/json', length, 'Connection: close'])).toContain(
      ' 413 ',
    );
  });

  test('reads no body that never ends', async () => {
    const { status, sent } = await sendEndlessly(server);
    // Whoever still sends may be cut off before the answer arrives.
    expect([413, undefined]).toContain(status);
    expect(sent).toBeLessThan(200 * 1024 * 1024);
    expect((await askWell(server)).status).toBe(200);
  });

  test('serves no file but its own', async () => {
    for (const path of paths) {
      const { status, body } = await talk(server.port, path);
      expect
        .soft([path, status])
        .toEqual([path, expect.toSatisfy((code: number) => (code >= 400 && code < 500) || code === 501)]);
      expect.soft(body).not.toMatch(/root:|@qwire\/|"dependencies"/);
    }
  });

  test('says in every answer that other sites may not have it', async () => {
    const replies = [await askWell(server), await askWell(server, { host: 'rebound.test' })];
    for (const path of server.paths) replies.push(await talk(server.port, path));
    for (const { headers } of replies) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        'cache-control': expect.any(String),
      });
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers.server ?? '').not.toMatch(/node|hono|\d/i);
    }
    expect(replies[0]?.headers['cache-control']).toMatch(/no-store|no-cache/);
  });

  test('sends no key to anybody', async () => {
    const page = (await talk(server.port, '/')).body;
    const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    const wrong = { 'content-type': 'text/plain' };
    const replies = [
      await askWell(server),
      await askWell(server, { host: 'rebound.test' }),
      await askWell(server, wrong),
      await talk(server.port, server.ask.path, { method: 'POST', headers: server.ask.headers, body: '{' }),
      await talk(server.port, server.ask.path, {
        method: 'POST',
        headers: server.ask.headers,
        body: server.ask.body.replace('qwen-plus', 'qwen-nothing'),
      }),
    ];
    for (const path of [...server.paths, ...assets]) replies.push(await talk(server.port, path));
    for (const { headers, body } of replies) {
      const whole = JSON.stringify(headers) + body;
      // A bundle of half a megabyte has every run of characters in some encoding; there, the key as such is looked for.
      for (const key of server.keys) {
        if (whole.length < 20_000) expect(findSecret(whole, key)).toBeUndefined();
        for (const written of [key, Buffer.from(key).toString('base64'), encodeURIComponent(key)])
          expect(whole.includes(written)).toBe(false);
      }
    }
  });

  test.each([
    ['1 MB of headers', [host, `X-Long: ${'a'.repeat(1024 * 1024)}`], ''],
    ['ten thousand headers', [host, ...Array.from({ length: 10_000 }, (__, i) => `X-${i}: 1`)], ''],
    ['two lengths', [host, 'Content-Length: 5', 'Content-Length: 6'], 'abcdef'],
    [
      'a length beside chunks',
      [host, 'Content-Length: 5', 'Transfer-Encoding: chunked'],
      '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    ],
    ['an encoding that is not chunked', [host, 'Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['chunked, and then something else', [host, 'Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a blank before the colon', [host, 'Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a folded header', [host, 'Transfer-Encoding:', ' chunked'], 'z'],
    ['a length that is no number', [host, 'Content-Length: +5'], 'abcde'],
    ['a chunk size that is no number', [host, 'Transfer-Encoding: chunked'], 'xyz\r\nabc\r\n'],
    ['a chunk size without end', [host, 'Transfer-Encoding: chunked'], 'f'.repeat(64)],
    ['no host', ['X-A: 1'], ''],
    ['a control character', [host, 'X-A: a\0b'], ''],
  ])('gives up on %s, and serves others', async (__, lines, body) => {
    const reply = await raw(lines, body);
    expect(reply).not.toContain('HTTP/1.1 200');
    expect(reply.split('HTTP/1.1 ').length).toBeLessThanOrEqual(2);
    expect((await askWell(server)).status).toBe(200);
  });

  test('gives up on junk behind a request, and serves others', async () => {
    const junk =
      `GET ${server.paths[0]} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(500) +
      '\0\x01junk\r\n'.repeat(10_000);
    await sendRaw(server.port, junk);
    expect((await askWell(server)).status).toBe(200);
  });
});
