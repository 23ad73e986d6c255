import { randomUUID } from 'node:crypto';
import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Fault } from './config.ts';
import { createEmulator } from './create-emulator.ts';
import type { RunningEmulator } from './emulator.ts';
import { sampleConfig } from './sample-config.ts';

let arrived = Promise.withResolvers<void>();
const emulator = createEmulator(
  { ...sampleConfig, replies: [{ chunks: ['你', '好', '!'] }] },
  // Called as soon as a request has arrived.
  {
    createId: () => {
      arrived.resolve();
      return randomUUID();
    },
  },
);
const server = setupServer(
  http.all('http://127.0.0.1:*/*', () => passthrough()),
  ...emulator.handlers,
);
let running: RunningEmulator;

beforeAll(async () => {
  running = await emulator.listen();
  server.listen({ onUnhandledFrame: 'error' });
});
afterEach(() => emulator.reset());
afterAll(async () => {
  server.close();
  await running.close();
});

const carriers = ['in process', 'MSW', 'HTTP'] as const;
type Carrier = (typeof carriers)[number];

function call(carrier: Carrier, { stream = true, signal }: { stream?: boolean; signal?: AbortSignal } = {}) {
  const root = carrier === 'HTTP' ? running.url : 'https://dashscope-intl.aliyuncs.com';
  const send = carrier === 'in process' ? emulator.fetch : fetch;
  return send(`${root}/compatible-mode/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-default', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'qwen-plus', messages: [{ role: 'user', content: 'Hi' }], stream }),
    ...(signal && { signal }),
  });
}

/** The chunks as they arrived, and how the body ended. */
async function read(response: Response) {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  } catch {
    return { chunks, end: 'broken' };
  }
  return { chunks, end: 'closed' };
}

const frames = ['role', '你', '好', '!', 'finish', 'done'].length;

test.each(carriers)('%s: every frame arrives as a chunk of its own', async (carrier) => {
  const { chunks, end } = await read(await call(carrier));
  expect([chunks.length, end]).toEqual([frames, 'closed']);
});

test.each(carriers)('%s: bytes are cut inside a character', async (carrier) => {
  emulator.use({ text: '你好', fault: { bytesPerChunk: 1 } });
  const { chunks } = await read(await call(carrier));
  expect(chunks.every(({ length }) => length === 1)).toBe(true);
  expect(Buffer.concat(chunks).toString()).toContain('你好');
});

test.each(carriers)('%s: a cut connection is seen as broken', async (carrier) => {
  emulator.use({ text: 'a', fault: { disconnectAfterFrames: 2 } });
  const { chunks, end } = await read(await call(carrier));
  expect([chunks.length, end]).toEqual([2, 'broken']);
  expect(emulator.requests.at(-1)).toMatchObject({ outcome: 'failed', usage: undefined });
});

test.each(carriers)('%s: an early end is seen as closed', async (carrier) => {
  emulator.use({ text: 'a', fault: { endAfterFrames: 2 } });
  const { chunks, end } = await read(await call(carrier));
  expect([chunks.length, end]).toEqual([2, 'closed']);
});

test.each(carriers)('%s: a reply that is not streamed is cut too', async (carrier) => {
  emulator.use({ text: 'a', fault: { disconnectAfterFrames: 0 } });
  await expect(call(carrier, { stream: false }).then((response) => response.json())).rejects.toThrow();
});

test.each(carriers)('%s: a stalled stream ends with the abort of its reader', async (carrier) => {
  emulator.use({ text: 'a', fault: { stallAfterFrames: 1 } });
  const controller = new AbortController();
  const response = await call(carrier, { signal: controller.signal });
  const reader = response.body?.getReader();
  await reader?.read();
  controller.abort();
  await expect(reader?.read()).rejects.toThrow();
  await expect.poll(() => emulator.requests.at(-1)?.outcome).toBe('cancelled');
});

test.each(carriers)('%s: a delayed answer can be aborted before its headers', async (carrier) => {
  emulator.use({ text: 'a', fault: { delayMs: 60_000 } });
  arrived = Promise.withResolvers<void>();
  const controller = new AbortController();
  const response = call(carrier, { signal: controller.signal });
  await arrived.promise;
  controller.abort();
  await expect(response).rejects.toThrow();
  await expect.poll(() => emulator.requests.at(-1)?.outcome).toBe('cancelled');
});

test('in process: a call that is aborted already is not made', async () => {
  await expect(call('in process', { signal: AbortSignal.abort() })).rejects.toThrow();
  expect(emulator.requests).toEqual([]);
});

test.each(carriers)('%s: a reader that leaves is billed up to there', async (carrier) => {
  emulator.use({ chunks: ['你', '好', '!'], fault: { stallAfterFrames: 2 } });
  const reader = (await call(carrier)).body?.getReader();
  await reader?.read();
  await reader?.read();
  await reader?.cancel();
  await expect.poll(() => emulator.requests.at(-1)?.outcome).toBe('cancelled');
  expect(emulator.usage()).toMatchObject([{ calls: 1, failedCalls: 0, outputTokens: 1 }]);
});

const errorFaults: readonly (readonly [wire: string, path: string, body: object, expected: RegExp])[] = [
  [
    'compatible',
    '/compatible-mode/v1/chat/completions',
    { stream: true, messages: [{ role: 'user', content: 'Hi' }] },
    /^data: \{"choices".*\n\ndata: \{"error":\{"code":"data_inspection_failed","param":null,"message":"Output data may contain inappropriate content\.","type":"data_inspection_failed"\},"id":"chatcmpl-[^"]+","request_id":"[^"]+"\}\n\n$/,
  ],
  [
    'native',
    '/api/v1/services/aigc/text-generation/generation',
    { input: { prompt: 'Hi' }, parameters: { incremental_output: true } },
    /^id:1\nevent:result\n:HTTP_STATUS\/200\ndata:.*\n\nid:2\nevent:error\n:HTTP_STATUS\/400\ndata:\{"code":"DataInspectionFailed","message":"Output data may contain inappropriate content\.","request_id":"[^"]+"\}\n\n$/,
  ],
];

test.each(errorFaults)('an error in the middle of a %s stream', async (_, path, body, expected) => {
  const fault: Fault = { errorAfterFrames: { frames: 1, error: 'inappropriate-output' } };
  emulator.use({ text: 'a b c d e', fault });
  const response = await emulator.fetch(`http://emulator.test${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-default', 'x-dashscope-sse': 'enable' },
    body: JSON.stringify({ model: 'qwen-plus', ...body }),
  });
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(expected);
  expect(emulator.requests.at(-1)).toMatchObject({ outcome: 'failed', status: 400, usage: undefined });
});
