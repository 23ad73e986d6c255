import { findSecret, keyWritings, printEverything } from '@qwire/conformance';
import { type Call, type CallOptions, type ClientOptions, QwireError } from '@qwire/core';
import { createNodeTransport } from '@qwire/core/node';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { places, type RepeatingServer, startRepeatingServer } from './repeating-server.fixture.ts';

const fewRuns = 1;
const runs = Math.ceil((Number(process.env.FUZZ_RUNS || 100) / 100) * fewRuns);
/** As much as it takes where somebody asked for more, which 0 is to vitest. */
const timeLimitMs = runs > fewRuns ? 0 : 60_000;
const wires = [
  { wire: 'openai-compatible', create: (options: ClientOptions) => createOpenAICompatible(options) },
  { wire: 'dashscope', create: (options: ClientOptions) => createDashScope(options) },
] as const;
const ways = wires.flatMap((wire) => [
  { ...wire, way: 'chat' as const },
  { ...wire, way: 'stream' as const },
]);
const nodeTransport = createNodeTransport();
/** What fails below the client is not the same over each. */
const carriers = fc.constantFrom<Pick<ClientOptions, 'transport'>>({}, { transport: nodeTransport });
const request = {
  model: 'qwen-plus',
  messages: [{ role: 'user', content: 'Answer in JSON.' }],
  responseFormat: 'json',
} as const;

/** Whatever a header can carry as a key, of enough different characters to be found nowhere else. */
const keys = fc.oneof(
  fc.stringMatching(/^sk-[0-9a-f]{32}$/),
  fc
    .string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 16,
      maxLength: 80,
    })
    .filter((text) => new Set(text).size > 11),
);
/** How a caller may give a key; of these, only the first has a type that holds it. */
const givings: readonly ((key: string) => Given)[] = [
  (apiKey) => ({ client: { apiKey } }),
  (key) => ({ client: { apiKey: 'sk-unused', headers: { Authorization: `Bearer ${key}` } } }),
  (key) => ({ client: { apiKey: 'sk-unused' }, call: { headers: { authorization: `Bearer ${key}` } } }),
];
interface Given {
  readonly client: Pick<ClientOptions, 'apiKey' | 'headers'>;
  readonly call?: CallOptions;
}
const writings = fc.constantFrom(...Object.keys(keyWritings));

let server: RepeatingServer;
let elsewhere: RepeatingServer;
beforeAll(async () => {
  [server, elsewhere] = await Promise.all([startRepeatingServer(), startRepeatingServer()]);
});
afterAll(async () => {
  nodeTransport.close();
  await Promise.all([server.stop(), elsewhere.stop()]);
});

interface Trial {
  readonly way: (typeof ways)[number];
  readonly place: string;
  readonly writing: string;
  readonly carrier: Pick<ClientOptions, 'transport'>;
  readonly given: Given;
}

/** One call that is answered with the key, and everything that it put out. */
async function outputsOf({ way, place, writing, carrier, given }: Trial) {
  const logged: unknown[] = [];
  const intercepted: Call[] = [];
  server.answer = (asked) => {
    const written = keyWritings[writing]?.(asked.key) ?? '';
    const isNative = way.wire === 'dashscope';
    const answer = places[place]?.({ written, isNative, elsewhere: elsewhere.url });
    if (!answer) throw new TypeError(`There is no place "${place}"`);
    return answer;
  };
  const client = way.create({
    ...carrier,
    ...given.client,
    baseURL: server.url,
    // One answer asks for another try at once; the waits before others would only take time.
    maxRetries: place === 'headers of a refusal that passes' ? 1 : 0,
    timeouts: { totalMs: 5_000 },
    logger: { debug: (...line) => logged.push(line), warn: (...line) => logged.push(line) },
    interceptors: [
      (next) => (call) => {
        // The options of the call are the caller's own.
        intercepted.push({ ...call, options: {} });
        return next(call);
      },
    ],
  });
  const error: unknown = await (way.way === 'chat'
    ? client.chat(request, given.call)
    : client.stream(request, given.call).response()
  ).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return { error, output: printEverything({ error, client, logged, intercepted }) };
}

describe.each(ways)('$wire $way', (way) => {
  test.each(Object.keys(places))(
    'shows no key that comes back in %s',
    async (place) => {
      await fc.assert(
        fc.asyncProperty(
          keys,
          writings,
          carriers,
          fc.constantFrom(...givings),
          async (key, writing, carrier, give) => {
            const { error, output } = await outputsOf({ way, place, writing, carrier, given: give(key) });
            expect(error === undefined || QwireError.is(error)).toBe(true);
            expect(findSecret(output, key)).toBeUndefined();
          },
        ),
        { numRuns: runs, endOnFailure: true },
      );
    },
    timeLimitMs,
  );
});

test('no request went elsewhere, and no address held a key', () => {
  expect(elsewhere.heads).toEqual([]);
  const targets = server.heads.map((head) => head.split(' ')[1]);
  expect(new Set(targets)).toEqual(
    new Set(['/compatible-mode/v1/chat/completions', '/api/v1/services/aigc/text-generation/generation']),
  );
});
