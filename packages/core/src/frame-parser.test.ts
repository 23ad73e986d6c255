import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameParsers } from './frame-parser.ts';
import { parseJson } from './json.ts';

const createFrameParser = frameParsers(['content', 'arguments']);

/** What a parser gives for each of the frames, as it stood before the next was parsed. */
function parseAll(frames: readonly string[]): unknown[] {
  const parser = createFrameParser();
  return frames.map((frame) => structuredClone(parser.parse(frame)));
}

const chunk = (content: string, tokens: number) =>
  `{"choices":[{"delta":{"content":${JSON.stringify(content)},"role":"assistant"},"index":0}],"usage":{"output_tokens":${tokens}},"id":"a"}`;

test('a frame that repeats the one before with another text is not parsed', () => {
  const parser = createFrameParser();
  const first = parser.parse(chunk('a', 1));
  expect(parser.parse(chunk('杭州 "quoted" \\ \u2028', 1))).toBe(first);
  expect(first).toEqual(JSON.parse(chunk('杭州 "quoted" \\ \u2028', 1)));
});

test('a count that was another once may change in each frame', () => {
  const parser = createFrameParser();
  parser.parse(chunk('a', 1));
  const second = parser.parse(chunk('b', 2));
  expect(parser.parse(chunk('c', 33))).toBe(second);
  expect(second).toEqual(JSON.parse(chunk('c', 33)));
});

test('what failed to be put into a frame leaves it as it was', () => {
  const parser = createFrameParser();
  const value = parser.parse(chunk('a', 1));
  parser.parse(`${chunk('b', 2).slice(0, -1)},"more":1}`);
  expect(value).toEqual(JSON.parse(chunk('a', 1)));
});

test('what is nested deeper than the stack is high is read', () => {
  const deep = `{"content":"a","more":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(createFrameParser().parse(deep)).toMatchObject({ content: 'a' });
});

test.each([
  ['a member given twice', '{"content":"a","content":"b"}', '{"content":"c","content":"d"}'],
  [
    'a text that looks like a member',
    '{"a":"\\"content\\":\\"x\\"","content":"b"}',
    '{"a":"\\"content\\":\\"y\\"","content":"c"}',
  ],
  ['a text that looks like a number', '{"a":"\\":5,","content":"b"}', '{"a":"\\":6,","content":"b"}'],
  ['the member that sets a prototype', '{"content":"b","__proto__":5}', '{"content":"c","__proto__":6}'],
  ['numbers that JSON does not allow', '{"n":1,"content":"b"}', '{"n":01,"content":"b"}'],
  ['numbers beyond what is exact', '{"n":1,"content":"b"}', '{"n":12345678901234567890,"content":"b"}'],
  ['numbers with a fraction', '{"n":1,"content":"b"}', '{"n":1.50,"content":"b"}'],
  ['a negative zero', '{"n":1,"content":"b"}', '{"n":-0,"content":"b"}'],
  ['line ends inside of a text', '{"content":"b"}', '{"content":"a\nb"}'],
  ['a text that does not end', '{"content":"b"}', '{"content":"b\\"}'],
  ['broken escapes', '{"content":"b"}', '{"content":"\\x"}'],
  ['what stands after the end', '{"content":"b"}', '{"content":"b"}}'],
  ['marks of its own', '{"a":"\\u00000","content":"b"}', '{"a":"\\u00000","content":"c"}'],
  ['members of another depth', '{"content":"b","o":{"content":"x"}}', '{"content":"c","o":{"content":"y"}}'],
  ['no object', '5', '"content"'],
])('%s is read as JSON.parse reads it', (_, ...frames) => {
  expect(parseAll([...frames, ...frames])).toEqual([...frames, ...frames].map(parseJson));
});

const text = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    '"',
    '\\',
    '\\"',
    '":5,',
    '"content":"x"',
    '\u0000',
    '\u00000',
    '杭州',
    '\ud83d',
    '}',
    '\n',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21, 2 ** 60),
);
const value = fc.oneof(
  text,
  number,
  fc.constant(null),
  fc.array(number, { maxLength: 2 }),
  fc.jsonValue({ maxDepth: 2 }),
);
// V8 13.6 takes the key "\\"" for an earlier "\\\\" of an object of the same shape.
const key = text.filter((name) => !name.includes('\\'));
const frame = fc
  .tuple(
    fc.array(
      fc.tuple(fc.oneof(fc.constantFrom('content', 'arguments', 'n', 'id', '__proto__', '0'), key), value),
      { maxLength: 4 },
    ),
    fc.constantFrom('compact', 'spaced'),
  )
  .map(([entries, form]) =>
    // By hand, so that members may be given twice.
    entries
      .map(
        ([name, member]) =>
          JSON.stringify(name) + (form === 'compact' ? ':' : ' : ') + JSON.stringify(member),
      )
      .join(','),
  )
  .map((inner) => `{"choices":[{"delta":{${inner}}}],"usage":{"n":1}}`);

test('any frames, in any order, are read as JSON.parse reads them', () => {
  const alike = fc
    .tuple(frame, fc.array(fc.tuple(text, number), { maxLength: 6 }))
    .map(([first, others]) => [
      first,
      ...others.map(([content, n]) =>
        first
          .replace(/"content" ?: ?"(?:[^"\\]|\\.)*"/, () => `"content":${JSON.stringify(content)}`)
          .replace('"n":1}', () => `"n":${JSON.stringify(n)}}`),
      ),
    ]);
  fc.assert(
    fc.property(fc.array(alike, { maxLength: 4 }), (groups) => {
      const frames = groups.flat();
      expect(parseAll(frames)).toEqual(frames.map(parseJson));
    }),
    { numRuns: 1000 },
  );
});

test('a frame that is cut or changed anywhere is read as JSON.parse reads it', () => {
  const frames = [chunk('a"b', 10), chunk('杭州', 11)];
  const [, second = ''] = frames;
  for (let at = 0; at < second.length; at += 1) {
    for (const changed of [
      second.slice(0, at),
      `${second.slice(0, at)}"${second.slice(at)}`,
      `${second.slice(0, at)}\\${second.slice(at + 1)}`,
      `${second.slice(0, at)}7${second.slice(at)}`,
    ]) {
      expect(parseAll([...frames, changed, ...frames])).toEqual(
        [...frames, changed, ...frames].map(parseJson),
      );
    }
  }
});
