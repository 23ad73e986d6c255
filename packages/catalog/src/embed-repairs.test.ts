import type { CallResult, EmbedRequest, EmbedResponse } from '@qwire/core';
import { unreportedUsage } from '@qwire/core/adapter-kit';
import { expect, test } from 'vitest';
import { createCatalog } from './create-catalog.ts';
import { createFakeService } from './fake-service.fixture.ts';
import { type RepairOptions, repairRequests } from './repair-requests.ts';

const texts = Array.from({ length: 23 }, (_, index) => 'x'.repeat(index + 1));
const context = { options: {}, wire: 'fake', workspace: undefined };
const wire = { field: 'search', message: 'Said by the wire' };

async function embed(request: EmbedRequest, options: RepairOptions = {}) {
  const { calls, next } = createFakeService();
  const result = await repairRequests(options)(next)({ operation: 'embed', request, ...context });
  return { calls, response: responseOf(result) };
}

function responseOf(result: CallResult): EmbedResponse {
  if (result.operation !== 'embed') throw new Error('no embeddings');
  return result.response;
}

test('more texts than the model takes at once are sent in several calls, and come back as one', async () => {
  const request = { model: 'text-embedding-v4', input: texts, dimensions: 64, textType: 'query' } as const;
  const { calls, response } = await embed(request);
  expect(calls.map((call) => call.request)).toEqual([
    { ...request, input: texts.slice(0, 10) },
    { ...request, input: texts.slice(10, 20) },
    { ...request, input: texts.slice(20) },
  ]);
  expect(response.embeddings).toEqual(texts.map((text, index) => ({ index, vector: [text.length] })));
  expect(response).toMatchObject({
    usage: { inputTokens: 23, outputTokens: undefined, totalTokens: 23 },
    requestId: 'req-1',
    raw: [{ call: 1 }, { call: 2 }, { call: 3 }],
  });
  expect(response.warnings).toEqual([
    { field: 'input', message: 'text-embedding-v4 takes 10 texts at once, not 23; sent in 3 calls' },
    { field: 'input', message: 'The request ids of the 3 calls are req-1, req-2, req-3' },
    wire,
  ]);
});

test('the calls are made one after the other', async () => {
  let open = 0;
  const next = createFakeService().next;
  await repairRequests()(async (call) => {
    open += 1;
    expect(open).toBe(1);
    await Promise.resolve();
    open -= 1;
    return next(call);
  })({ operation: 'embed', request: { model: 'text-embedding-v3', input: texts }, ...context });
});

test('a call that fails fails all', async () => {
  const { calls, next } = createFakeService();
  const refused = new Error('refused');
  const call = repairRequests()(async (one) => {
    if (calls.length === 1) throw refused;
    return next(one);
  })({ operation: 'embed', request: { model: 'text-embedding-v4', input: texts }, ...context });
  await expect(call).rejects.toBe(refused);
});

test('an id that one reply lacks is said to be missing', async () => {
  const { next, calls } = createFakeService();
  const result = await repairRequests()(async (call) => {
    const response = responseOf(await next(call));
    return {
      operation: 'embed',
      response: calls.length === 2 ? { ...response, requestId: undefined } : response,
    };
  })({ operation: 'embed', request: { model: 'text-embedding-v4', input: texts }, ...context });
  expect(responseOf(result).warnings[1]?.message).toBe(
    'The request ids of the 3 calls are req-1, none, req-3',
  );
});

test.each<readonly [what: string, request: EmbedRequest]>([
  ['as many texts as the model takes', { model: 'text-embedding-v4', input: texts.slice(0, 10) }],
  ['one text', { model: 'text-embedding-v4', input: 'a long text of one piece' }],
  ['an older model that takes more', { model: 'text-embedding-v2', input: texts }],
  ['a model that nobody has heard of', { model: 'text-embedding-v9', input: texts, dimensions: 3 }],
  ['dimensions that the model offers', { model: 'text-embedding-v3', input: 'a', dimensions: 512 }],
  ['dimensions where nobody knows', { model: 'text-embedding-v1', input: 'a', dimensions: 512 }],
])('%s: sent untouched', async (_, request) => {
  const { calls, response } = await embed(request, { strict: true });
  expect(calls.map((call) => call.request)).toEqual([request]);
  expect(response.warnings).toEqual([wire]);
});

test('too many texts are strictly refused', async () => {
  const call = embed({ model: 'text-embedding-v4', input: texts }, { strict: true });
  await expect(call).rejects.toMatchObject({
    kind: 'invalid-request',
    field: 'input',
    message: 'input: text-embedding-v4 takes 10 texts at once, not 23; split them',
  });
});

test.each([false, true])(
  'dimensions that the model does not offer are refused with those it does, strict: %s',
  async (strict) => {
    const call = embed({ model: 'text-embedding-v3', input: 'a', dimensions: 2048 }, { strict });
    await expect(call).rejects.toMatchObject({
      kind: 'invalid-request',
      field: 'dimensions',
      message: 'dimensions: text-embedding-v3 does not offer 2048; use 1024, 768, 512, 256, 128, 64',
    });
  },
);

test('a limit of your own is heeded', async () => {
  const catalog = createCatalog({ overrides: [{ models: 'text-embedding-v4', facts: { maxTexts: 20 } }] });
  const { calls } = await embed({ model: 'text-embedding-v4', input: texts }, { catalog });
  expect(calls.map(({ request }) => ('input' in request ? request.input.length : 0))).toEqual([20, 3]);
});

test('an answer of another kind is no embedding', async () => {
  const call = repairRequests()(async () => ({
    operation: 'stream',
    events: (async function* () {})(),
    rest: () => ({ warnings: [], raw: unreportedUsage }),
  }))({ operation: 'embed', request: { model: 'text-embedding-v4', input: texts }, ...context });
  await expect(call).rejects.toThrow('An interceptor answered embed with the result of stream');
});
