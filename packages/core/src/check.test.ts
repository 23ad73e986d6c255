import { expect, test } from 'vitest';
import type { ChatRequest } from './chat-request.ts';
import { checkChatRequest } from './check-request.ts';
import { createClient } from './client/create-client.ts';
import type { WireFormat } from './wire-format.ts';

const wire = { name: 'toy', root: '/toy', baseURLVariable: 'TOY_BASE_URL' } as WireFormat;
const broken = new Error('the getter');
const getter = {
  get: () => {
    throw broken;
  },
  enumerable: true,
};
const messages = [{ role: 'user', content: 'hi' }];

test.each([
  ['temperature', Object.defineProperty({ model: 'm', messages }, 'temperature', getter)],
  ['messages', { model: 'm', messages: [Object.defineProperty({ role: 'user' }, 'content', getter)] }],
  [
    'request',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw broken;
        },
      },
    ),
  ],
])('a request whose %s throws when it is read is refused with what it threw', async (field, request) => {
  const client = createClient(wire, { apiKey: 'k', baseURL: 'http://127.0.0.1:1' });
  for (const call of [
    client.chat(request as ChatRequest),
    client.stream(request as ChatRequest).response(),
    client.embed(request as never),
  ]) {
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'invalid-request' });
  }
  await expect(client.chat(request as ChatRequest)).rejects.toMatchObject({ field, cause: broken });
});

test('checks members that an object does not hold itself', () => {
  class Prepared {
    readonly model = 'm';
    readonly messages = messages;
    get temperature() {
      return 7;
    }
  }

  expect(() => checkChatRequest(new Prepared() as never)).toThrow(/^temperature: must be /);
  expect(() => checkChatRequest(Object.create({ model: 'm', messages, topK: -1 }))).toThrow(
    /^topK: must be /,
  );
  expect(() => checkChatRequest(Object.create({ model: 'm', messages, topK: 1 }))).not.toThrow();
});
