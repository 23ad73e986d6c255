import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, asyncProperty, constantFrom, record, stringMatching } from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Forwarded } from './forwarder.ts';
import { createRecorder } from './recorder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recordings-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const key = 'sk-4f1c9a7e2b6d4e0fa1b2c3d4e5f60718';

interface Parts {
  readonly path?: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly requestBody?: string;
  readonly replyHeaders?: Readonly<Record<string, string>>;
  readonly replyBody?: string;
  readonly type?: string;
}

function exchange(parts: Parts, sent = key): Forwarded {
  const body = Buffer.from(parts.replyBody ?? '{"ok":true}');
  return {
    wireFormat: 'dashscope',
    request: {
      method: 'POST',
      path: parts.path ?? '/services/aigc/text-generation/generation',
      headers: {
        authorization: `Bearer ${sent}`,
        'content-type': 'application/json',
        ...parts.requestHeaders,
      },
      body: new Uint8Array(Buffer.from(parts.requestBody ?? '{"model":"qwen-plus"}')),
    },
    status: 200,
    headers: { 'content-type': parts.type ?? 'application/json', ...parts.replyHeaders },
    body: new Uint8Array(body),
    chunks: [{ bytes: body.length, atMs: 1 }],
    ended: 'closed',
  };
}

/** Everything on the disk below a folder, names included. */
function written(root = folder): string {
  return readdirSync(root, { withFileTypes: true })
    .map((entry) => {
      const path = join(root, entry.name);
      return `${entry.name}\n${entry.isDirectory() ? written(path) : readFileSync(path, 'latin1')}`;
    })
    .join('\n');
}

test('a recording holds the exchange, named headers only, and waits for review', async () => {
  const kept = await createRecorder({ folder }).keep(
    exchange({
      replyHeaders: { 'x-request-id': '8cd4594d-e1aa-9967-8d00-a33940ec783b', 'set-cookie': 'a=b' },
    }),
  );
  if ('withheld' in kept) throw new Error(kept.withheld);
  const recording = JSON.parse(readFileSync(join(kept.folder, 'exchange.json'), 'utf8'));
  expect(recording).toMatchObject({
    recordingVersion: 1,
    review: expect.stringContaining('Not reviewed'),
    request: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: { model: 'qwen-plus' },
    },
    reply: { status: 200, bodyFile: 'reply.json', ended: 'closed', chunks: [{ bytes: 11, atMs: 1 }] },
  });
  expect(recording.reply.headers).toEqual({
    'content-type': 'application/json',
    'x-request-id': '00000000-0000-0000-0000-000000000001',
  });
  expect(Object.keys(recording.request.headers)).toEqual(['content-type']);
  expect(readFileSync(join(kept.folder, 'reply.json'), 'utf8')).toBe('{"ok":true}');
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
});

test('a query is dropped, whatever it says', async () => {
  await createRecorder({ folder }).keep(exchange({ path: '/tasks?who=someone' }));
  expect(written()).toContain('"path": "/tasks"');
  expect(written()).not.toContain('someone');
});

test('bytes that hold no secret stay as they are, and so do the cuts between chunks', async () => {
  const replyBody = 'id:1\nevent:result\n:HTTP_STATUS/200\ndata:{"text":"你好 \u{1f600}"}\n\n';
  const kept = await createRecorder({ folder }).keep(exchange({ replyBody, type: 'text/event-stream' }));
  if ('withheld' in kept) throw new Error(kept.withheld);
  expect(readFileSync(join(kept.folder, 'reply.sse'), 'utf8')).toBe(replyBody);
});

test('an exchange whose frames spell the key together is withheld', async () => {
  const frames = [key.slice(0, 9), key.slice(9, 20), key.slice(20)].map(
    (text) => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`,
  );
  const kept = await createRecorder({ folder }).keep(
    exchange({ replyBody: frames.join(''), type: 'text/event-stream' }),
  );
  expect(kept).toEqual({ withheld: 'a key is spread over several frames' });
  expect(readdirSync(folder)).toEqual([]);
});

test('nothing is written among the cases, whatever the way there', async () => {
  expect(() => createRecorder({ folder: 'cases/chat' })).toThrow(
    'cases/chat: recordings are not written among the cases; choose another folder',
  );
  const cases = join(folder, 'cases');
  mkdirSync(cases);
  symlinkSync(cases, join(folder, 'elsewhere'));
  expect(() => createRecorder({ folder: join(folder, 'elsewhere', 'new') })).toThrow(
    'not written among the cases',
  );
  expect(existsSync(join(cases, 'new'))).toBe(false);
});

/** Where a key can hide in an exchange. */
const places: Readonly<Record<string, (hidden: string) => Parts>> = {
  path: (hidden) => ({ path: `/services/${hidden}` }),
  query: (hidden) => ({ path: `/services?key=${hidden}` }),
  'kept header of the request': (hidden) => ({ requestHeaders: { accept: hidden } }),
  'other header of the request': (hidden) => ({ requestHeaders: { 'x-debug': hidden } }),
  'kept header of the reply': (hidden) => ({ replyHeaders: { 'x-request-id': hidden } }),
  'other header of the reply': (hidden) => ({ replyHeaders: { 'x-echo': hidden } }),
  'name of a header': (hidden) => ({ replyHeaders: { [hidden.toLowerCase()]: 'x' } }),
  'request body': (hidden) => ({ requestBody: JSON.stringify({ prompt: hidden }) }),
  'member name': (hidden) => ({ requestBody: JSON.stringify({ [hidden]: 1 }) }),
  'error message': (hidden) => ({ replyBody: JSON.stringify({ message: `Incorrect key: ${hidden}.` }) }),
  'JSON in JSON': (hidden) => ({ replyBody: JSON.stringify({ text: JSON.stringify({ k: hidden }) }) }),
  frame: (hidden) => ({ replyBody: `data: {"t":"${hidden}"}\n\n`, type: 'text/event-stream' }),
  'several frames': (hidden) => ({
    replyBody: [hidden.slice(0, 7), hidden.slice(7, 15), hidden.slice(15)]
      .map((piece) => `data:{"output":{"choices":[{"message":{"content":"${piece}"}}]}}\n\n`)
      .join(''),
    type: 'text/event-stream',
  }),
  page: (hidden) => ({ replyBody: `<p title="${hidden}">${hidden}</p>`, type: 'text/html' }),
};

/** How it can be written there. */
const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'percent-encoded': (secret) => [...secret].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
  'percent-encoded in part': (secret) => secret.replace('-', '%2D'),
  'percent-encoded twice': (secret) => secret.replace('-', '%252d'),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 behind a name': (secret) => Buffer.from(`user:${secret}`).toString('base64'),
  'base64 of a header': (secret) => Buffer.from(`Bearer ${secret}!`).toString('base64'),
  base64url: (secret) => Buffer.from(`x${secret}yz`).toString('base64url'),
  'base64, percent-encoded': (secret) => encodeURIComponent(Buffer.from(`ab${secret}`).toString('base64')),
  hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
};

/** What somebody finds who tries every way to read a text. */
function readings(text: string): string[] {
  const unescaped = text.replace(/\\+u00([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const unquoted = unescaped.replace(/%(?:25)*([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const runs = unquoted.match(/[A-Za-z0-9+/_-]{8,}/g) ?? [];
  const decoded = runs.flatMap((run) => [
    ...[0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('latin1')),
    Buffer.from(run, 'hex').toString('latin1'),
    Buffer.from(run.slice(1), 'hex').toString('latin1'),
  ]);
  return [text, unescaped, unquoted, ...decoded];
}

/** Half of a key is half of a secret. */
function slices(secret: string): string[] {
  const half = Math.ceil(secret.length / 2);
  return [secret.slice(0, half), secret.slice(-half)].map((slice) => slice.toLowerCase());
}

test('a key is in no recording, wherever it hides and however it is written', async () => {
  await assert(
    asyncProperty(
      record({
        secret: stringMatching(/^(sk|st|sk-sp)-[A-Za-z0-9]{12,40}$/),
        place: constantFrom(...Object.keys(places)),
        encoding: constantFrom(...Object.keys(encodings)),
      }),
      async ({ secret, place, encoding }) => {
        const hidden = encodings[encoding]?.(secret) ?? '';
        const root = mkdtempSync(join(folder, 'run-'));
        const made = exchange(places[place]?.(hidden) ?? {}, secret);
        await createRecorder({ folder: root }).keep(made);
        const found = readings(written(root)).filter(
          (text) =>
            slices(secret).some((slice) => text.toLowerCase().includes(slice)) ||
            /\b(sk|st)-[A-Za-z0-9]{6,}/.test(text),
        );
        expect(found).toEqual([]);
        rmSync(root, { recursive: true });
      },
    ),
    { numRuns: 300 },
  );
});

test('the search for keys finds one that is there', () => {
  for (const encode of Object.values(encodings)) {
    expect(readings(`{"a":"${encode(key)}"}`).some((text) => text.toLowerCase().includes(key))).toBe(true);
  }
});
