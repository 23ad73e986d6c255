import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCatalog, repairRequests } from '@qwire/catalog';
import type { ChatRequest, Message, StandardSchema } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createEmulator, type RunningEmulator } from '@qwire/emulator';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const emulator = createEmulator({
  region: 'singapore',
  workspaces: [{ id: 'llm-default', apiKeys: ['sk-default'], models: '*' }],
  models: [{ id: 'qwen-turbo', jsonSchema: false }],
});
let running: RunningEmulator;
let embeddings: Server;

beforeAll(async () => {
  running = await emulator.listen();
  embeddings = await serveEmbeddings();
});
afterEach(() => emulator.reset());
afterAll(async () => {
  await running.close();
  embeddings.close();
});

const wires = [
  { wire: 'openai-compatible', create: createOpenAICompatible },
  { wire: 'dashscope', create: createDashScope },
] as const;

const catalog = createCatalog({
  overrides: [{ models: 'qwen-plus', facts: { maxThinkingTokens: 38_912 } }],
});
const messages: readonly Message[] = [{ role: 'user', content: 'Who are you? Answer as JSON.' }];
const tools = [{ name: 'get_weather' }];
const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };

type Row = readonly [field: string, request: Omit<ChatRequest, 'messages'>];

const inOnePiece: readonly Row[] = [
  ['model', { model: 'qwq-plus' }],
  ['thinking', { model: 'qwen3-32b' }],
  ['codeInterpreter', { model: 'qwen-plus', thinking: true, codeInterpreter: true }],
];
const eitherWay: readonly Row[] = [
  ['thinking', { model: 'qwen3-next-80b-a3b-instruct', thinking: true }],
  ['thinking.budget', { model: 'qwen-plus', thinking: { budget: 50_000 } }],
  ['thinking', { model: 'qwen3.6-plus', responseFormat: 'json' }],
  ['toolChoice', { model: 'qwen3.6-plus', tools, toolChoice: { name: 'get_weather' } }],
  ['maxTokens', { model: 'qwen-plus', maxTokens: 100_000 }],
  ['responseFormat', { model: 'qwen-turbo', responseFormat: schema }],
];

describe.each(wires)('$wire', ({ wire, create }) => {
  const service = () => ({ baseURL: running.baseURLs[wire], apiKey: 'sk-default', maxRetries: 0 });
  const plain = () => create(service());
  const repairing = (strict = false) =>
    create({ ...service(), interceptors: [repairRequests({ catalog, strict })] });

  test.each([...inOnePiece, ...eitherWay])(
    'a reply in one piece, once %s is repaired: %j',
    async (field, row) => {
      const request = { ...row, messages };
      await expect(plain().chat(request)).rejects.toMatchObject({ kind: 'invalid-request' });
      const asked = emulator.requests.length;
      await expect(repairing(true).chat(request)).rejects.toMatchObject({ kind: 'invalid-request', field });
      expect(emulator.requests).toHaveLength(asked);
      const reply = await repairing().chat(request);
      expect(reply.warnings.map((warning) => warning.field)).toEqual([field]);
      expect(reply.text).not.toBe('');
      expect(reply).toMatchObject({
        finishReason: 'stop',
        requestId: emulator.requests.at(-1)?.requestId,
        usage: { totalTokens: emulator.usage()[0]?.totalTokens },
      });
    },
  );

  test.each(eitherWay)('a stream, once %s is repaired: %j', async (field, row) => {
    const request = { ...row, messages };
    await expect(plain().stream(request).response()).rejects.toMatchObject({ status: 400 });
    const reply = await repairing().stream(request).response();
    expect(reply.warnings.map((warning) => warning.field)).toEqual([field]);
    expect(reply.text).not.toBe('');
  });

  test('a model that only streams thinks in the collected reply', async () => {
    emulator.use({ reasoning: 'Two and two.', text: 'Four.' });
    const reply = await repairing().chat({ model: 'qwq-plus', messages });
    expect([reply.reasoning, reply.text]).toEqual(['Two and two.', 'Four.']);
    expect(emulator.requests.at(-1)?.stream).toBe(true);
  });

  test.each([false, true])(
    "JSON that was asked for in words is held to the caller's schema, streamed: %s",
    async (streamed) => {
      const request = { model: 'qwen-turbo', messages, responseFormat: { schema: counted } };
      const ask = () => (streamed ? repairing().stream(request).response() : repairing().chat(request));
      emulator.use({ text: '{"n": 3}', times: 1 }, { text: '{"n": "three"}' });
      const reply = await ask();
      expect(reply.object).toEqual({ n: 3, checked: true });
      expect(JSON.stringify(emulator.requests.at(-1)?.body)).toContain('{"type":"json_object"}');
      await expect(ask()).rejects.toMatchObject({ kind: 'invalid-response', text: '{"n": "three"}' });
    },
  );

  test('more texts than fit in one call become vectors in their order', async () => {
    const { port } = embeddings.address() as AddressInfo;
    const input = Array.from({ length: 23 }, (_, index) => 'x'.repeat(index));
    const texts = input.map((text) => `${text}.`);
    const at = { ...service(), baseURL: `http://127.0.0.1:${port}/` };
    const request = { model: 'text-embedding-v4', input: texts };
    await expect(create(at).embed(request)).rejects.toMatchObject({ kind: 'invalid-request', status: 400 });
    const reply = await create({ ...at, interceptors: [repairRequests()] }).embed(request);
    expect(reply.embeddings).toEqual(texts.map((text, index) => ({ index, vector: [text.length] })));
    expect(reply.usage.totalTokens).toBe(23);
    expect(reply.warnings.map(({ field }) => field)).toEqual(['input', 'input']);
  });
});

/** Takes numbers only, and says that it was asked. */
const counted: StandardSchema<{ readonly n: number; readonly checked: true }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate(value) {
      const { n } = value as { readonly n: unknown };
      return typeof n === 'number' ? { value: { n, checked: true } } : { issues: [{ message: 'no number' }] };
    },
    jsonSchema: { input: () => schema },
  },
};

/** Answers both wires' embedding calls, ten texts at once, with vectors of their lengths. */
async function serveEmbeddings(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { readonly input: unknown };
    const texts = (
      Array.isArray(body.input) ? body.input : (body.input as { texts: unknown }).texts
    ) as string[];
    const usage = { total_tokens: texts.length };
    const message =
      '<400> InternalError.Algo.InvalidParameter: Value error, batch size is invalid, it should not be larger than 10.: input.contents';
    const reply =
      texts.length > 10
        ? { code: 'InvalidParameter', message, request_id: 'req-0' }
        : Array.isArray(body.input)
          ? { data: texts.map((text, index) => ({ index, embedding: [text.length] })), usage, id: 'req-1' }
          : {
              output: {
                embeddings: texts.map((text, text_index) => ({ text_index, embedding: [text.length] })),
              },
              usage,
              request_id: 'req-1',
            };
    response.writeHead(texts.length > 10 ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
