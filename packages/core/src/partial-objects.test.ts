import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import type { ChatResponse } from './chat-response.ts';
import type { ChatStream } from './client.ts';
import { type DeepPartial, partialObjects } from './partial-objects.ts';
import { QwireError } from './qwire-error.ts';
import { createFakeClient, type Script } from './run-tools/fake-client.fixture.ts';
import { runTools } from './run-tools/run-tools.ts';

const report = z.object({
  city: z.string().transform((city) => city.toUpperCase()),
  days: z.array(z.object({ sky: z.enum(['sunny', 'rainy']), celsius: z.number() })),
});
const messages = [{ role: 'user', content: 'What is the weather?' }] as const;
const request = { model: 'm', messages, responseFormat: report };

async function collect(values: AsyncIterable<unknown>) {
  const seen: unknown[] = [];
  const error = await (async () => {
    for await (const value of values) seen.push(value);
  })().catch((cause: unknown) => cause);
  return { seen, error };
}

test('the object grows as its text streams, and the reply has it validated', async () => {
  const deltas = ['{"city":"Ro', 'me","days":', '[{"sky":"sun', 'ny","celsius":2', '6}', ']}', ' '];
  const stream = createFakeClient({ deltas }).stream(request);
  expect(await collect(partialObjects(stream))).toEqual({
    seen: [
      { city: 'Ro' },
      { city: 'Rome' },
      { city: 'Rome', days: [{ sky: 'sun' }] },
      { city: 'Rome', days: [{ sky: 'sunny' }] },
      { city: 'Rome', days: [{ sky: 'sunny', celsius: 26 }] },
    ],
    error: undefined,
  });
  const { object } = await stream.response();
  expect(object).toEqual({ city: 'ROME', days: [{ sky: 'sunny', celsius: 26 }] });
});

test('a number that is the whole reply comes with its end', async () => {
  const stream = createFakeClient({ deltas: ['4', '2'] }).stream({ ...request, responseFormat: z.number() });
  expect(await collect(partialObjects(stream))).toEqual({ seen: [42], error: undefined });
});

test.each<[string, Script, unknown[]]>([
  ['is not JSON', 'Sorry, no.', []],
  ['is cut off', { deltas: ['{"city":"Ro', 'm'], finishReason: 'length' }, [{ city: 'Ro' }, { city: 'Rom' }]],
  ['stops being JSON', { deltas: ['{"city":"Rome"', '!', '}'] }, [{ city: 'Rome' }]],
  ['is of another shape', '{"city":7}', [{ city: 7 }]],
])('text that %s ends in the error of the response', async (_, script, values) => {
  const stream = createFakeClient(script).stream(request);
  const { seen, error } = await collect(partialObjects(stream));
  expect(seen).toEqual(values);
  expect(error).toMatchObject({ kind: 'invalid-response', text: expect.any(String) });
  expect(await stream.response().catch((cause: unknown) => cause)).toBe(error);
});

test('a failure of the stream comes after what arrived', async () => {
  const fails = new QwireError('cut', { kind: 'connection' });
  const stream = createFakeClient({ deltas: ['{"city":"Ro'], fails }).stream(request);
  expect(await collect(partialObjects(stream))).toEqual({ seen: [{ city: 'Ro' }], error: fails });
});

test('a reply that calls a tool has no object', async () => {
  const script: Script = { text: 'Let me see.', calls: [['weather', '{}']] };
  const tools = [{ name: 'weather' }];
  const stream = createFakeClient(script).stream({ ...request, tools });
  expect(await collect(partialObjects(stream))).toEqual({ seen: [], error: undefined });
});

test('each reply of a run with tools starts anew', async () => {
  const client = createFakeClient(
    { text: '[1', calls: [['weather', '{}']] },
    { deltas: ['{"city":', '"Ro'] },
  );
  const tools = [{ name: 'weather', execute: () => 'sunny' }];
  const { seen } = await collect(partialObjects(runTools({ ...request, tools }, { client })));
  expect(seen).toEqual([[], {}, { city: 'Ro' }]);
});

test('a request that asks for text is told so', async () => {
  const stream = createFakeClient('{"a":1}').stream({ model: 'm', messages });
  const { error } = await collect(partialObjects(stream));
  expect(error).toMatchObject({ kind: 'configuration', field: 'responseFormat' });
});

test('leaving the loop cancels the stream', async () => {
  const stream = createFakeClient({ deltas: ['{"city":"Ro', 'me"}'] }).stream(request);
  for await (const { city } of partialObjects(stream)) if (city === 'Ro') break;
  await expect(stream.response()).rejects.toMatchObject({ kind: 'aborted' });
});

test('the values are typed as what may be there so far', () => {
  const client = createFakeClient();
  expectTypeOf(partialObjects(client.stream(request))).toExtend<
    AsyncIterable<{
      readonly city?: string;
      readonly days?: readonly { readonly sky?: string; readonly celsius?: number }[];
    }>
  >();
  const anyJson = { model: 'm', messages, responseFormat: 'json' } as const;
  expectTypeOf(partialObjects(client.stream(anyJson))).toExtend<AsyncIterable<unknown>>();
  expectTypeOf<DeepPartial<'a' | 'b' | null>>().toEqualTypeOf<string | null>();
  expectTypeOf<DeepPartial<[1, 'a'][]>>().toEqualTypeOf<readonly (readonly [1?, string?])[]>();
  expectTypeOf<DeepPartial<{ a?: { b: boolean } }>>().toEqualTypeOf<{
    readonly a?: { readonly b?: boolean };
  }>();
  expectTypeOf<DeepPartial<unknown>>().toEqualTypeOf<unknown>();
  expectTypeOf<ChatStream<7>>().toExtend<{ response(): Promise<ChatResponse<7>> }>();
  expect(client.calls).toEqual([]);
});
