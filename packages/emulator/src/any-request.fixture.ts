import { mutated } from '@qwire/conformance/vitest';
import type { ChatRequest, Message } from '@qwire/core';
import fc, { type Arbitrary } from 'fast-check';

/** Text as people and programs write it, with halves of characters and words that mean something to JavaScript. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('杭州🙂', '\ud83d', '\ude00 x', '\u0000', '\u2028', '__proto__', '"\\', 'a\r\nb', ''),
);
const filledText = text.map((value) => value || 'x');
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toJSON', '', '杭州', '\ud83d'),
  fc.string({ maxLength: 5 }),
);
const json = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const schema = fc.oneof(
  json.object.filter((object) => !('~standard' in object) && !('schema' in object) && !('type' in object)),
  fc.constant({ type: 'object', properties: { city: { type: 'string' } } }),
);

const address = fc.constantFrom(
  'https://a.test/a.wav',
  'http://a.test/杭州.wav?q=1',
  'oss://dashscope-instant/a.wav',
  'data:audio/wav;base64,UklGRg==',
  'data:image/png;base64,iVBORw==',
);
const bytes = fc.constantFrom(
  Uint8Array.from([0x89, 0x50, 0x4e, 0x47]),
  new TextEncoder().encode('RIFF    WAVE'),
  new Blob(['x'], { type: 'audio/wav' }),
);
const media = fc.oneof(
  address,
  address.map((value) => new URL(value)),
  bytes,
);
const cache = fc.constantFrom(true as const, { ttl: '5m' }, { ttl: '1h' });
const pixels = fc.integer({ min: 1 });
const mediaType = fc.constantFrom('audio/wav', 'image/png', 'video/mp4', 'audio/constructor');

function part<T extends object>(
  type: string,
  needed: { [K in keyof T]: Arbitrary<T[K]> },
  optional: object = {},
) {
  const model = { type: fc.constant(type), ...needed, ...(optional as Record<string, Arbitrary<unknown>>) };
  return fc.record<Record<string, unknown>>(model as Record<string, Arbitrary<unknown>>, {
    requiredKeys: ['type', ...Object.keys(needed)],
  });
}

const textPart = part('text', { text }, { cache });
const imagePart = part(
  'image',
  { image: media },
  { mediaType, minPixels: pixels, maxPixels: pixels, rotate: fc.boolean(), cache },
);
const videoPart = part(
  'video',
  { video: fc.oneof(media, fc.array(media, { minLength: 4, maxLength: 5 })) },
  {
    mediaType,
    fps: fc.double({ min: 0.1, max: 10, noNaN: true }),
    maxFrames: pixels,
    minPixels: pixels,
    totalPixels: pixels,
    cache,
  },
);
const audioPart = part('audio', { audio: media }, { mediaType, cache });
const documentPart = part(
  'document',
  {
    document: fc.oneof(
      fc.constantFrom('https://a.test/a.pdf', 'fileid://a'),
      fc.constant(['https://a.test/a.pdf', new URL('https://a.test/b.pdf')]),
    ),
  },
  { parsing: filledText },
);
const reasoningPart = part('reasoning', { text });
const toolArguments = fc.oneof(
  json.object.map((value) => JSON.stringify(value)),
  text,
);

const content = (...parts: Arbitrary<unknown>[]) =>
  fc.oneof(text, fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 3 }));
const asked = fc.record({
  role: fc.constant('user'),
  content: content(textPart, textPart, imagePart, videoPart, audioPart, documentPart),
});
const told = fc.record({ role: fc.constant('system'), content: content(textPart, documentPart) });
/** An answer with calls, and what the tools said. */
const called = fc
  .tuple(
    fc.array(fc.record({ id: filledText, name: filledText, arguments: toolArguments }), { maxLength: 3 }),
    fc.array(fc.oneof(textPart, reasoningPart), { minLength: 1, maxLength: 2 }),
    content(textPart),
  )
  .map(([calls, parts, answer]) => [
    { role: 'assistant', content: [...parts, ...calls.map((call) => ({ type: 'tool-call', ...call }))] },
    ...calls.map(({ id }) => ({ role: 'tool', toolCallId: id, content: answer })),
  ]);
const messages = fc
  .tuple(
    fc.array(told, { maxLength: 1 }),
    fc.array(
      fc.oneof(
        called,
        asked.map((one) => [one]),
      ),
      { maxLength: 3 },
    ),
    asked,
    fc.boolean(),
  )
  .map(([system, turns, last, partial]) => [
    ...system,
    ...turns.flat(),
    last,
    ...(partial ? [{ role: 'assistant', content: 'Once', partial: true }] : []),
  ]) as unknown as Arbitrary<readonly Message[]>;

const tokens = fc.oneof(fc.integer({ min: 1, max: 9000 }), fc.constantFrom(1, 2 ** 53 - 1));
const pairs = fc.array(fc.record({ source: filledText, target: filledText }), { maxLength: 2 });
const some = <T>(model: { [K in keyof T]: Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
const tool = fc.record(
  { name: fc.stringMatching(/^[a-zA-Z0-9_-]{1,10}$/), description: text, parameters: schema },
  { requiredKeys: ['name'] },
);

/** Each member as core's vocabulary has it; what the wires leave open is left to values that the service documents. */
const members = {
  messages,
  temperature: fc.double({ min: 0, max: 1.999, noNaN: true }),
  topP: fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true }),
  topK: fc.nat(),
  maxTokens: tokens,
  maxCompletionTokens: tokens,
  seed: fc.oneof(fc.nat(), fc.constant(2 ** 53 - 1)),
  stop: fc.oneof(
    text,
    fc.array(text, { maxLength: 3 }),
    fc.array(fc.nat(), { maxLength: 3 }),
    fc.array(fc.array(fc.nat(), { maxLength: 2 }), { maxLength: 2 }),
  ),
  presencePenalty: fc.double({ min: -2, max: 2, noNaN: true }),
  repetitionPenalty: fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  tools: fc.uniqueArray(tool, { maxLength: 3, selector: ({ name }) => name }),
  toolChoice: fc.constantFrom('auto', 'none'),
  parallelToolCalls: fc.boolean(),
  toolStream: fc.boolean(),
  responseFormat: fc.oneof(
    fc.constantFrom('text', 'json'),
    schema,
    fc.record(
      { schema, name: filledText, description: text, strict: fc.boolean() },
      { requiredKeys: ['schema'] },
    ),
  ),
  thinking: fc.oneof(fc.boolean(), some({ budget: tokens, effort: filledText, preserve: fc.boolean() })),
  search: fc.oneof(
    fc.boolean(),
    some({
      forced: fc.boolean(),
      strategy: filledText,
      extended: fc.boolean(),
      citations: fc.oneof(fc.boolean(), filledText),
      sourcesFirst: fc.boolean(),
      freshness: tokens,
      sites: fc.array(filledText, { maxLength: 2 }),
      guidance: filledText,
    }),
  ),
  codeInterpreter: fc.boolean(),
  logprobs: fc.oneof(fc.boolean(), fc.record({ top: fc.nat(5) })),
  n: fc.integer({ min: 1, max: 4 }),
  highResolutionImages: fc.boolean(),
  translation: fc.record(
    { from: filledText, to: filledText, terms: pairs, memory: pairs, domains: filledText },
    { requiredKeys: ['to'] },
  ),
  ocr: fc.record(
    { task: fc.constantFrom('text_recognition', 'key_information_extraction'), schema: json.object },
    { requiredKeys: ['task'] },
  ),
  audio: fc.record({ voice: filledText, format: filledText }, { requiredKeys: ['voice'] }),
  dataInspection: fc.oneof(fc.boolean(), some({ input: filledText, output: filledText })),
  queueMs: fc.nat(1e6).map((seconds) => seconds * 1000),
  extra: json.object,
} satisfies { [name in Exclude<keyof ChatRequest, 'model'>]: Arbitrary<unknown> };

const model = fc.constantFrom(
  'qwen-plus',
  'qwen-plus',
  'qwen3-vl-plus',
  'qwen-long',
  'qwen3.5-omni-plus',
  'qwen-mt-plus',
  'constructor',
);

/** A request that core's vocabulary allows, of few members, since many of them do not go together. */
export const plausibleRequests = fc
  .tuple(
    model,
    messages,
    fc.uniqueArray(fc.constantFrom(...(Object.keys(members) as (keyof typeof members)[])), { maxLength: 5 }),
  )
  .chain(([id, said, names]) =>
    fc.record(
      Object.fromEntries([
        ['model', fc.constant(id)],
        ['messages', fc.constant(said)],
        ...names.filter((name) => name !== 'messages').map((name) => [name, members[name]]),
      ]) as Record<string, Arbitrary<unknown>>,
    ),
  ) as unknown as Arbitrary<ChatRequest>;

const cycle: Record<string, unknown> = {};
cycle.self = [cycle];
const deep = Array.from({ length: 20_000 }).reduce((inner) => [inner], null);

/** What no request should hold, and JavaScript allows. */
const oddValues: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    -1,
    0.5,
    1e308,
    2 ** 53,
    10n,
    Symbol('x'),
    () => 'x',
    cycle,
    deep,
  ),
  fc.constantFrom<unknown>(
    true,
    '',
    ' ',
    '\ud83d',
    '__proto__',
    'constructor',
    [],
    {},
    [[]],
    [undefined],
    [Number.NaN],
    new Date(Number.NaN),
    /x/,
    new Map(),
    Object.create(null),
  ),
  fc.constantFrom(
    new Uint8Array(),
    new URL('ftp://a.test'),
    new Blob([]),
    new Proxy([], {}),
    new String('x'),
    Object.assign([], { length: 3 }),
  ),
  fc.constantFrom(
    {
      toJSON: () => {
        throw new Error('toJSON');
      },
    },
    { toJSON: () => undefined },
    { '~standard': {} },
    { schema: 1 },
    { role: 'user' },
  ),
  fc.constantFrom(
    throwing('type'),
    throwing('name'),
    throwing('role'),
    throwing('ttl'),
    throwing('x'),
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('keys');
        },
      },
    ),
    {
      '~standard': {
        version: 1,
        vendor: 'x',
        validate: () => ({ value: 1 }),
        jsonSchema: {
          input: () => {
            throw new Error('printed');
          },
        },
      },
    },
    {
      '~standard': {
        version: 1,
        vendor: 'x',
        validate: () => ({ value: 1 }),
        jsonSchema: { input: () => ({ a: 1n }) },
      },
    },
  ),
  json.value,
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
    maxDepth: 2,
  }),
);

function throwing(name: string): object {
  return Object.defineProperty({ content: 'x', role: 'user', type: 'text', text: 'x' }, name, {
    enumerable: true,
    get: () => {
      throw new Error(`the getter of ${name}`);
    },
  });
}

/** Holds a value that cannot be looked into while others change beside it. */
class Sealed {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

function unsealed(value: unknown): unknown {
  if (value instanceof Sealed) return value.value;
  if (Array.isArray(value)) return value.map(unsealed);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unsealed(member)]));
}

/** Any request: plausible ones of which some values are changed into anything. */
export const anyRequest = mutated(plausibleRequests, {
  replacements: oddValues.map((value) => new Sealed(value)),
  most: 2,
}).map(unsealed) as Arbitrary<ChatRequest>;
