import { beforeEach, expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';
import { hello, sendCompatible, sendNative } from './test-calls.ts';

let now = 0;
const emulator = createEmulator(sampleConfig, { now: () => now });
beforeEach(() => {
  now = 0;
  emulator.reset();
});

const minute = 60_000;
const words = (count: number) => 'word '.repeat(count).trim();
const part = (text: string, ttl?: '5m' | '1h' | '') => ({
  type: 'text',
  text,
  ...(ttl !== undefined && { cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } }),
});
const say = (...content: object[]) => ({ messages: [{ role: 'user', content }] });

/** Tokens that were read, written for five minutes and written for an hour. */
async function ask(body: object) {
  const { json = {} } = await sendCompatible(emulator, body);
  const { prompt_tokens_details } = json.usage as { prompt_tokens_details: Details };
  const { cached_tokens, cache_creation = {}, cache_type } = prompt_tokens_details;
  const { ephemeral_5m_input_tokens: minutes = 0, ephemeral_1h_input_tokens: hour = 0 } = cache_creation;
  return { read: cached_tokens, minutes, hour, cache_type };
}

interface Details {
  readonly cached_tokens: number;
  readonly cache_creation?: { ephemeral_5m_input_tokens?: number; ephemeral_1h_input_tokens?: number };
  readonly cache_type?: string;
}

const cache_type = 'ephemeral';
const written = { read: 0, minutes: 2000, hour: 0, cache_type };
const read = { read: 2000, minutes: 0, hour: 0, cache_type };

test('what a marker ends is written once and read by the next call, on either wire', async () => {
  expect(await ask(say(part(words(2000), ''), part('First?')))).toEqual(written);
  expect(await ask(say(part(words(2000), ''), part('Second?')))).toEqual(read);
  const native = await sendNative(emulator, say(part(words(2000), ''), part('Third?')));
  expect(native.json?.usage).toMatchObject({ prompt_tokens_details: { cached_tokens: 2000, cache_type } });
  expect(emulator.usage()).toMatchObject([
    { cachedInputTokens: 4000, cacheCreationInputTokens: 2000, cacheCreation5mInputTokens: 2000 },
  ]);
});

test('an entry lives for five minutes, anew with each reading', async () => {
  const asked = say(part(words(2000), ''));
  await ask(asked);
  now += 4 * minute;
  expect(await ask(asked)).toEqual(read);
  now += 4 * minute;
  expect(await ask(asked)).toEqual(read);
  now += 5 * minute;
  expect(await ask(asked)).toEqual(written);
});

test('an entry may live for an hour, and the rest of the input for five minutes', async () => {
  const asked = say(part(words(2000), '1h'), part(words(1000), '5m'), part('Why?'));
  expect(await ask(asked)).toEqual({ read: 0, minutes: 1000, hour: 2000, cache_type });
  now += 59 * minute;
  expect(await ask(asked)).toEqual({ read: 2000, minutes: 1000, hour: 0, cache_type });
});

test('a conversation that grows reads what it had and writes what is new', async () => {
  await ask(say(part(words(2000), '')));
  expect(await ask(say(part(words(2000)), part(words(500), '')))).toEqual({
    read: 2000,
    minutes: 500,
    hour: 0,
    cache_type,
  });
});

test.each([
  ['another text', say(part(`${words(1999)} other`, ''))],
  ['another model', { ...say(part(words(2000), '')), model: 'qwen-max' }],
  ['other tools', { ...say(part(words(2000), '')), tools: [{ type: 'function', function: { name: 'a' } }] }],
  ['another message before it', { messages: [...hello, ...say(part(words(2000), '')).messages] }],
])('%s finds nothing', async (_, body) => {
  await ask(say(part(words(2000), '')));
  expect((await ask(body)).read).toBe(0);
});

test('a prefix below 1024 tokens is not kept', async () => {
  const asked = say(part(words(1023), ''));
  expect(await ask(asked)).toEqual({ read: 0, minutes: 0, hour: 0, cache_type });
  expect((await ask(asked)).read).toBe(0);
  expect((await ask(say(part(words(1024), '')))).minutes).toBe(1024);
});

test('of five markers the last four count', async () => {
  const texts = [1, 2, 3, 4, 5].map((number) => `${number} ${words(1100)}`);
  await ask(say(...texts.map((text) => part(text, ''))));
  expect((await ask(say(part(texts[0] ?? '', '')))).read).toBe(0);
  const two = texts.slice(0, 2).map((text) => part(text, ''));
  expect((await ask(say(...two))).read).toBe(2202);
});

test('an entry is found from twenty parts behind it, and not from more', async () => {
  const later = (count: number) => [...Array.from({ length: count - 1 }, () => part('a')), part('b', '')];
  await ask(say(part(words(2000), '')));
  expect((await ask(say(part(words(2000)), ...later(20)))).read).toBe(2000);
  emulator.reset();
  await ask(say(part(words(2000), '')));
  expect((await ask(say(part(words(2000)), ...later(21)))).read).toBe(0);
});

test('only a whole answer leaves an entry', async () => {
  const asked = say(part(words(2000), ''));
  emulator.use({ times: 1, error: 'internal-error' });
  await sendCompatible(emulator, asked);
  expect(await ask(asked)).toEqual(written);
});

test('a call without markers reads and writes nothing', async () => {
  await ask(say(part(words(2000), '')));
  expect(await ask(say(part(words(2000))))).toEqual({ read: 0, minutes: 0, hour: 0, cache_type: undefined });
});

test('a rule that counts for itself is believed', async () => {
  emulator.use({ text: 'a', usage: { cachedInputTokens: 7 } });
  expect(await ask(say(part(words(2000), '')))).toEqual({ read: 7, minutes: 0, hour: 0, cache_type });
});
