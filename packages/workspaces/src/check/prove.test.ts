import type { CallOptions, ChatEvent, ChatRequest, Client, EmbedRequest } from '@qwire/core';
import { expect, test } from 'vitest';
import { prove } from './prove.ts';

function fakeClient(types: readonly ChatEvent['type'][]) {
  const seen: { request?: ChatRequest | EmbedRequest; read: string[]; left: boolean } = {
    read: [],
    left: false,
  };
  const client = {
    stream(request: ChatRequest, _: CallOptions) {
      seen.request = request;
      return (async function* () {
        try {
          for (const type of types) {
            seen.read.push(type);
            yield { type };
          }
        } finally {
          seen.left = true;
        }
      })();
    },
    async embed(request: EmbedRequest) {
      seen.request = request;
    },
  };
  return { client: client as unknown as Client, seen };
}

test('a chat model is proven by a stream of one token, read to its end', async () => {
  const { client, seen } = fakeClient(['response-start', 'text-delta', 'usage', 'finish']);
  expect(await prove(client, 'qwen-plus', {})).toBeUndefined();
  expect(seen.read).toEqual(['response-start', 'text-delta', 'usage', 'finish']);
  expect(seen.request).toEqual({
    model: 'qwen-plus',
    messages: [{ role: 'user', content: 'Hi' }],
    maxTokens: 1,
  });
});

test('a model that begins to think is left at once', async () => {
  const { client, seen } = fakeClient(['response-start', 'reasoning-delta', 'reasoning-delta', 'finish']);
  expect(await prove(client, 'qwq-plus', {})).toBeUndefined();
  expect(seen).toMatchObject({ read: ['response-start', 'reasoning-delta'], left: true });
});

test('an embedding model is asked for one vector, and a translation model for one word', async () => {
  const { client, seen } = fakeClient(['finish']);
  await prove(client, 'text-embedding-v4', {});
  expect(seen.request).toEqual({ model: 'text-embedding-v4', input: 'Hi' });
  await prove(client, 'qwen-mt-plus', {});
  expect(seen.request).toMatchObject({ model: 'qwen-mt-plus', translation: { to: 'Chinese' } });
});
