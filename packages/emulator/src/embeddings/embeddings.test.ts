import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator, type RunningEmulator } from '../index.ts';
import { send } from '../test-calls.ts';

const emulator = createEmulator({
  region: 'singapore',
  workspaces: [
    { id: 'llm-default', apiKeys: ['sk-default'], models: '*' },
    { id: 'llm-chat', apiKeys: ['sk-chat'], models: ['qwen-plus'] },
  ],
});
let running: RunningEmulator;

beforeAll(async () => {
  running = await emulator.listen();
});
afterEach(() => emulator.reset());
afterAll(() => running.close());

const wires = [
  { wire: 'openai-compatible', create: createOpenAICompatible },
  { wire: 'dashscope', create: createDashScope },
] as const;
const model = 'text-embedding-v4';

function client({ wire, create }: (typeof wires)[number], apiKey = 'sk-default') {
  return create({ baseURL: running.baseURLs[wire], apiKey, maxRetries: 0 });
}

test('the same text has the same vector of length 1 on both wires', async () => {
  const input = ['The pier of the harbor.', '港口的码头。'];
  const [one, other] = await Promise.all(
    wires.map((wire) => client(wire).embed({ model, input, dimensions: 64 })),
  );
  expect(one?.embeddings).toEqual(other?.embeddings);
  for (const { vector } of one?.embeddings ?? []) {
    expect(vector).toHaveLength(64);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
  }
  expect(one?.embeddings[0]?.vector).not.toEqual(one?.embeddings[1]?.vector);
});

describe.each(wires)('$wire', (wire) => {
  test('a model chooses its own length, and the workspace is billed for the tokens', async () => {
    const reply = await client(wire).embed({ model, input: 'The pier of the harbor.' });
    expect(reply.embeddings[0]?.vector).toHaveLength(1024);
    const { totalTokens = 0 } = reply.usage;
    expect(totalTokens).toBeGreaterThan(0);
    expect(emulator.usage()).toMatchObject([{ workspace: 'llm-default', model, calls: 1, totalTokens }]);
    expect(emulator.requests[0]).toMatchObject({ requestId: reply.requestId, unknownParameters: [] });
  });

  test.each([
    ['too many texts', { model, input: Array.from({ length: 11 }, () => 'x') }, /batch size is invalid/],
    ['a length that it does not offer', { model, input: 'x', dimensions: 65 }, /65/],
    ['a text that is too long', { model: 'text-embedding-v2', input: 'word '.repeat(2_049) }, /input length/],
  ])('%s are refused', async (_, request, message) => {
    await expect(client(wire).embed(request)).rejects.toMatchObject({
      kind: expect.stringMatching(/^(invalid-request|context-length)$/),
      code: 'InvalidParameter',
      status: 400,
      message: expect.stringMatching(message),
    });
    expect(emulator.usage()).toMatchObject([{ calls: 0, failedCalls: 1 }]);
  });

  test('a workspace needs the grant, and a chat model turns nothing into vectors', async () => {
    await expect(client(wire, 'sk-chat').embed({ model, input: 'x' })).rejects.toMatchObject({
      kind: 'permission-denied',
    });
    await expect(client(wire).embed({ model: 'qwen-plus', input: 'x' })).rejects.toMatchObject({
      kind: 'model-not-found',
    });
    const messages = [{ role: 'user', content: 'x' }] as const;
    await expect(client(wire).chat({ model, messages })).rejects.toMatchObject({ kind: 'model-not-found' });
  });
});

test.each(wires)('$wire: a rule may refuse vectors too', async (wire) => {
  emulator.use(
    { when: 'pier', model: 'text-embedding-*', times: 1, error: 'rate-quota' },
    { text: 'no vector' },
  );
  const pier = { model, input: 'The pier' };
  await expect(client(wire).embed({ model, input: 'The beach' })).resolves.toBeDefined();
  await expect(client(wire).embed(pier)).rejects.toMatchObject({ kind: 'rate-limited', status: 429 });
  await expect(client(wire).embed(pier)).resolves.toBeDefined();
});

test('a model of your own turns texts into vectors', async () => {
  const embedding = { dimensions: [3, 2] as [number, ...number[]], maxTexts: 1, maxTokens: 5 };
  const own = createEmulator({ ...emulator.config, models: [{ id: 'own-vectors', embedding }] });
  const qwen = createDashScope({ region: 'singapore', apiKey: 'sk-default', fetch: own.fetch });
  const { embeddings } = await qwen.embed({ model: 'own-vectors', input: 'a' });
  expect(embeddings[0]?.vector).toHaveLength(3);
  await expect(qwen.embed({ model: 'own-vectors', input: ['a', 'b'] })).rejects.toThrow(/larger than 1/);
});

test('sparse vectors name their tokens, with or without dense ones', async () => {
  const native = client(wires[1]);
  const both = await native.embed({ model, input: 'pier', output: 'dense&sparse' });
  expect(both.embeddings[0]?.sparse).toEqual([{ index: expect.any(Number), value: 1, token: 'pier' }]);
  expect(both.embeddings[0]?.vector).toHaveLength(1024);
  const sparse = await native.embed({ model, input: 'pier', output: 'sparse' });
  expect(sparse.embeddings[0]).toMatchObject({ vector: [], sparse: both.embeddings[0]?.sparse });
});

test('an encoding that the service does not know is refused', async () => {
  const response = await fetch(`${running.baseURLs['openai-compatible']}/embeddings`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-default' },
    body: JSON.stringify({ model, input: 'x', encoding_format: 'base64' }),
  });
  const body = (await response.json()) as { readonly error: unknown; readonly id: string };
  expect(response.status).toBe(400);
  expect(body).toMatchObject({ error: { type: 'InvalidParameter', code: 'InvalidParameter', param: null } });
  expect(body.id).not.toMatch(/^chatcmpl-/);
});

test('what is refused before has the words of the compatible wire, and a bare id too', async () => {
  const path = '/compatible-mode/v1/embeddings';
  const { json } = await send(emulator, path, { model: 'text-embedding-v9', input: 'x' });
  expect(json).toMatchObject({ error: { code: 'model_not_found' }, id: json?.request_id });
  const response = await emulator.fetch(`http://emulator.test${path}`);
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining("Request method 'GET' is not supported."),
  ]);
});
