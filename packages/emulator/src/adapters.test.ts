import { QwireError } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { type DocumentedErrorName, documentedErrorNames } from './documented-errors.ts';
import type { RunningEmulator } from './emulator.ts';
import { sampleConfig } from './sample-config.ts';

const emulator = createEmulator(sampleConfig);
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

const wires = [
  { wire: 'openai-compatible', create: createOpenAICompatible },
  { wire: 'dashscope', create: createDashScope },
] as const;
const carriers = ['HTTP', 'MSW', 'fetch'] as const;
const pairs = wires.flatMap((wire) => carriers.map((carrier) => ({ ...wire, carrier })));

const weather = {
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const whoAreYou = [{ role: 'user', content: 'Who are you?' }] as const;
const question = { role: 'user', content: 'What is the weather in Hangzhou?' } as const;

describe.each(pairs)('$wire over $carrier', ({ wire, create, carrier }) => {
  const client = (apiKey = 'sk-marketing') =>
    create({
      apiKey,
      maxRetries: 0,
      ...(carrier === 'HTTP' ? { baseURL: running.baseURLs[wire] } : { region: 'singapore' }),
      ...(carrier === 'fetch' && { fetch: emulator.fetch }),
    });

  test('chat gets a reply, and the bill agrees with it', async () => {
    const reply = await client().chat({ model: 'qwen-plus', messages: whoAreYou });
    expect(reply).toMatchObject({
      text: 'I am Qwen, a large language model made by Alibaba Cloud.',
      finishReason: 'stop',
      requestId: emulator.requests.at(-1)?.requestId,
    });
    expect(emulator.usage()).toMatchObject([
      {
        workspaceName: 'marketing',
        calls: 1,
        inputTokens: reply.usage.inputTokens,
        outputTokens: reply.usage.outputTokens,
      },
    ]);
    expect(emulator.requests.at(-1)?.unknownParameters).toEqual([]);
  });

  test('stream gets reasoning and text in pieces, and the same reply', async () => {
    const stream = client().stream({ model: 'qwen-plus', messages: whoAreYou, thinking: true });
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    expect(types.indexOf('reasoning-delta')).toBeLessThan(types.indexOf('text-delta'));
    expect(types.filter((type) => type === 'text-delta').length).toBeGreaterThan(3);
    const reply = await stream.response();
    expect(reply.text).toBe('I am Qwen, a large language model made by Alibaba Cloud.');
    expect(reply.reasoning).toBe('The user asks who I am. One sentence is enough.');
    expect(reply.usage.reasoningTokens).toBeGreaterThan(0);
    expect(emulator.usage()[0]?.totalTokens).toBe(reply.usage.totalTokens);
  });

  test.each([false, true])('a tool is called and its answer used, streamed: %s', async (streamed) => {
    const ask = (messages: Parameters<ReturnType<typeof client>['chat']>[0]['messages']) => {
      const request = { model: 'qwen-plus', tools: [weather], messages };
      return streamed ? client().stream(request).response() : client().chat(request);
    };
    const first = await ask([question]);
    expect(first.finishReason).toBe('tool-calls');
    expect(first.toolCalls).toMatchObject([{ name: 'get_weather', input: { city: 'Hangzhou' } }]);
    const toolCallId = first.toolCalls[0]?.id ?? '';
    const second = await ask([question, first.message, { role: 'tool', toolCallId, content: '26 °C' }]);
    expect(second.text).toBe('The tools answered: get_weather: 26 °C');
  });

  test('a named tool, JSON, a schema and an image', async () => {
    const forced = await client().chat({
      model: 'qwen-plus',
      messages: whoAreYou,
      tools: [weather],
      toolChoice: { name: 'get_weather' },
    });
    expect(forced.toolCalls).toMatchObject([{ name: 'get_weather', input: { city: 'text' } }]);
    const json = await client().chat({
      model: 'qwen-plus',
      messages: [{ role: 'user', content: 'As JSON.' }],
      responseFormat: 'json',
    });
    expect(JSON.parse(json.text)).toMatchObject({ wire });
    const shaped = await client().chat({
      model: 'qwen-plus',
      messages: whoAreYou,
      responseFormat: { schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } },
    });
    expect(JSON.parse(shaped.text)).toEqual({ n: 0 });
    const seen = await client().chat({
      model: 'qwen3-vl-plus',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', image: 'https://a.test/a.png' },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
    });
    expect(seen.text).toContain('I received 1 image.');
    expect(emulator.requests.flatMap(({ unknownParameters }) => unknownParameters)).toEqual([]);
  });

  test.each([
    ['a wrong key', { apiKey: 'sk-wrong' }, 'authentication', 401],
    ['a model not granted', { model: 'qwen-max' }, 'permission-denied', 403],
    ['an unknown model', { model: 'qwen-pls' }, 'model-not-found', 404],
    ['a refused parameter', { extra: { top_k: -1 } }, 'invalid-request', 400],
  ] as const)('%s has its kind, streamed or not', async (_, wrong, kind, status) => {
    const { apiKey, ...parameters } = wrong as { apiKey?: string };
    const request = { model: 'qwen-plus', messages: whoAreYou, ...parameters };
    for (const call of [client(apiKey).chat(request), client(apiKey).stream(request).response()]) {
      const error: unknown = await call.then(undefined, (reason: unknown) => reason);
      const { code, requestId } =
        emulator.requests.find((record) => record.requestId === errorId(error)) ?? {};
      expect(error).toMatchObject({ kind, status, code, requestId });
      expect(requestId).toBeDefined();
    }
  });

  test('a stream that is left is cancelled at the service', async () => {
    emulator.use({ text: 'a b c d e f g h', fault: { stallAfterFrames: 3 } });
    for await (const { type } of client().stream({ model: 'qwen-plus', messages: whoAreYou })) {
      if (type === 'text-delta') break;
    }
    await expect.poll(() => emulator.requests.at(-1)?.outcome).toBe('cancelled');
  });

  test('a connection that is cut, an early end and an error in the middle are three different failures', async () => {
    const failure = async () => {
      const stream = client().stream({ model: 'qwen-plus', messages: whoAreYou });
      return stream.response().then(undefined, (reason: unknown) => reason);
    };
    emulator.use({ text: 'a b c', times: 1, fault: { disconnectAfterFrames: 2 } });
    expect(await failure()).toMatchObject({ kind: 'connection' });
    emulator.use({ text: 'a b c', times: 1, fault: { endAfterFrames: 2 } });
    expect(await failure()).toMatchObject({ kind: 'invalid-response' });
    emulator.use({
      text: 'a b c',
      fault: { errorAfterFrames: { frames: 2, error: 'inappropriate-output' } },
    });
    expect(await failure()).toMatchObject({ kind: 'content-filtered', status: 400 });
  });

  test('bytes cut anywhere, other line ends and a byte-order mark change nothing', async () => {
    emulator.use({
      text: '你好，世界',
      fault: { bytesPerChunk: 1, framing: { crlf: true, byteOrderMark: true, swapSpaces: true } },
    });
    const reply = await client().stream({ model: 'qwen-plus', messages: whoAreYou }).response();
    expect(reply.text).toBe('你好，世界');
  });
});

function errorId(error: unknown): string | undefined {
  return QwireError.is(error) ? error.requestId : undefined;
}

// What no fallback by status could tell: these kinds differ from what their status alone would say.
const kinds: Partial<Record<DocumentedErrorName, string>> = {
  arrearage: 'billing',
  'free-tier-only': 'quota-exhausted',
  'commodity-not-purchased': 'billing',
  'inappropriate-input': 'content-filtered',
  'plan-quota-used-up': 'quota-exhausted',
  'burst-rate': 'rate-limited',
  'allocation-quota': 'rate-limited',
  capacity: 'rate-limited',
  'last-message-not-user': 'invalid-request',
};

test.each(documentedErrorNames)('both adapters read %s alike', async (name) => {
  emulator.use({ error: name });
  const request = { model: 'qwen-plus', messages: whoAreYou };
  const read = [];
  for (const { create } of wires) {
    const client = create({
      apiKey: 'sk-default',
      region: 'singapore',
      fetch: emulator.fetch,
      maxRetries: 0,
    });
    for (const call of [client.chat(request), client.stream(request).response()]) {
      const error: unknown = await call.then(undefined, (reason: unknown) => reason);
      if (!QwireError.is(error)) throw error;
      read.push({ kind: error.kind, status: error.status, retryable: error.retryable });
    }
  }
  const [first] = read;
  expect(read).toEqual([first, first, first, first]);
  expect(first?.kind).toBe(kinds[name] ?? first?.kind);
});
