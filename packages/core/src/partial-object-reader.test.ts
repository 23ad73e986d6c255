import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPartialObjectReader } from './partial-object-reader.ts';

/** Every value that was reported for a text that came in these pieces. */
function grow(...pieces: readonly string[]): unknown[] {
  const reader = createPartialObjectReader();
  return [...pieces.map((piece) => reader.push(piece)), reader.end()].filter((value) => value !== undefined);
}

/** Cut between any two code units. */
function growByUnits(text: string): unknown[] {
  return grow(...text.split(''));
}

test.each<[string, string, unknown[]]>([
  ['a text', '"ab"', ['', 'a', 'ab']],
  ['an escape', String.raw`"a\n\\"`, ['', 'a', 'a\n', 'a\n\\']],
  ['a code unit by its number', String.raw`"\u00e4!"`, ['', 'ä', 'ä!']],
  ['both halves of a pair', '"😀!"', ['', '😀', '😀!']],
  ['a pair by its numbers', String.raw`"\ud83d\ude00"`, ['', '😀']],
  ['a half that stays alone', String.raw`"\ud83d"`, ['', '\ud83d']],
  ['a half that is followed by another', String.raw`"\ud83d\ud83d\ude00"`, ['', '\ud83d', '\ud83d😀']],
  ['a number', '-12.5e+1', [-125]],
  ['a zero with its sign', '-0', [-0]],
  ['words', '[true,false,null]', [[], [true], [true, false], [true, false, null]]],
  ['numbers in a list', '[1, 20 ]', [[], [1], [1, 20]]],
  ['members', '{"ab":"c","d":{}}', [{}, { ab: '' }, { ab: 'c' }, { ab: 'c', d: {} }]],
  ['blanks', ' \t\r\n[ \n{ "a" : [ ] } ] ', [[], [{}], [{ a: [] }]]],
  ['empty containers', '[{},[]]', [[], [{}], [{}, []]]],
  ['a member that is given twice', '{"a":1,"a":2}', [{}, { a: 1 }, { a: 2 }]],
  ['nothing', ' ', []],
])('reports %s as it grows', (_, text, values) => {
  expect(growByUnits(text)).toEqual(values);
});

test('reports a text once that comes in one piece', () => {
  expect(grow('{"a":[1,"b"]}')).toEqual([{ a: [1, 'b'] }]);
});

test('a number is not reported while it may still grow', () => {
  expect(grow('[1', '2', ',3', ']')).toEqual([[], [12], [12, 3]]);
});

test.each([
  ['{"a":"x",}', { a: 'x' }],
  ['{"a":"xy\\q"}', { a: 'xy' }],
  ['{"a":"x\ny"}', { a: 'x' }],
  ['["\\u00g0"]', ['']],
  ['[1 2]', [1]],
  ['[01]', []],
  ['[1.]', []],
  ['[nul]', []],
  ['{"a" 1}', {}],
  ['{a: 1}', {}],
  ['[]]', []],
  ['[1}', [1]],
  ['"a" b', 'a'],
])('%s ends in the last value that was right', (text, last) => {
  expect(grow(text).at(-1)).toEqual(last);
  expect(growByUnits(text).at(-1)).toEqual(last);
});

test('text that never was JSON reports nothing', () => {
  expect(growByUnits('Here is the JSON: {"a":1}')).toEqual([]);
  expect(growByUnits('```json\n{}')).toEqual([]);
  expect(growByUnits('-')).toEqual([]);
});

test('a member named __proto__ is a member', () => {
  const [, , last] = grow('{"__proto__":', '{"a":1', '}}');
  expect(JSON.stringify(last)).toBe('{"__proto__":{"a":1}}');
  expect(Object.getPrototypeOf(last)).toBe(Object.prototype);
});

const units = fc.nat(0xffff).map((code) => String.fromCharCode(code));
const pairs = fc.constantFrom('😀', '\ud83d', '\ude00', '"', '\\', '杭', '\n');
const texts = fc.string({ unit: fc.oneof(units, pairs, fc.string({ minLength: 1, maxLength: 1 })) });
// V8 13.6 takes the key "\\"" for an earlier "\\\\" of an object of the same shape.
const keys = texts.filter((key) => !key.includes('\\'));
const { json: jsonValues } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(keys, fc.constantFrom('__proto__', '1', '')), tie('json'), { maxKeys: 5 }),
  ),
}));

/** JSON texts with blanks and with every way to write a code unit. */
const jsonTexts = fc
  .tuple(jsonValues, fc.constantFrom(undefined, '\t', '  '), fc.boolean())
  .map(([value, indent, escaped]) => {
    const text = JSON.stringify(value, null, indent);
    return escaped ? text.replace(/[^ -~\s]/g, toEscape) : text;
  });

function toEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const cuts = fc.array(fc.nat(), { maxLength: 60 });

function cutAt(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => text.slice(from, at[index]));
}

/** All is there but what comes later in the text: only the last item or member may itself be a beginning. */
function isBeginning(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole))
    return false;
  const members = new Map(Object.entries(whole));
  const entries = Object.entries(part);
  const unfinished = entries.filter(([key, value]) => !isEqual(value, members.get(key)));
  return (
    unfinished.length <= 1 &&
    entries.every(([key, value]) => members.has(key) && isBeginning(value, members.get(key)))
  );
}

function isEqual(left: unknown, right: unknown): boolean {
  return right !== undefined && JSON.stringify(left) === JSON.stringify(right);
}

test('for any JSON and any cutting, each value begins the next, and the last is the whole', () => {
  fc.assert(
    fc.property(jsonTexts, cuts, (text, places) => {
      const reader = createPartialObjectReader();
      const whole: unknown = JSON.parse(text);
      let before: { readonly json: string; readonly value: unknown } | undefined;
      const look = (value: unknown) => {
        if (value === undefined) return;
        const json = JSON.stringify(value);
        expect(isBeginning(value, whole), `${json} begins ${text}`).toBe(true);
        if (before) {
          expect(isBeginning(before.value, value), `${before.json} begins ${json}`).toBe(true);
          expect(json).not.toBe(before.json);
        }
        before = { json, value };
      };
      for (const piece of cutAt(text, places)) look(reader.push(piece));
      look(reader.end());
      expect(before?.value).toEqual(whole);
      expect(before?.json).toBe(JSON.stringify(whole));
    }),
    { numRuns: 1000 },
  );
});

test('what was reported does not change later', () => {
  fc.assert(
    fc.property(jsonTexts, (text) => {
      const reader = createPartialObjectReader();
      const seen: { readonly value: unknown; readonly json: string }[] = [];
      for (const unit of text.split('')) {
        const value = reader.push(unit);
        if (value !== undefined) seen.push({ value, json: JSON.stringify(value) });
      }
      for (const { value, json } of seen) expect(JSON.stringify(value)).toBe(json);
    }),
  );
});

test('no text at all makes it throw', () => {
  const damaged = fc
    .tuple(jsonTexts, fc.nat(), fc.string({ maxLength: 3 }))
    .map(([text, place, inserted]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + inserted + text.slice(at + 1);
    });
  fc.assert(
    fc.property(fc.oneof(damaged, texts), (text) => {
      const last = growByUnits(text).at(-1);
      const whole = parse(text);
      if (whole !== undefined) expect(last).toEqual(whole);
    }),
  );
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test('what is copied stays in proportion to the text, however wide the value is', () => {
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => index % 10));
  const values = growByUnits(text) as number[][];
  const copied = values.reduce((sum, { length }) => sum + length, 0);
  expect(copied).toBeLessThanOrEqual(text.length * 64);
  expect(values.length).toBeGreaterThan(200);
  expect(values.at(-1)).toHaveLength(20_000);
});

test('what is closed costs nothing any more', () => {
  const wide = JSON.stringify(Array(500).fill(0));
  expect(grow(`[${wide},"`, ...'abcd'.split(''))).toHaveLength(5);
});

test('a value of ordinary width is reported with each piece', () => {
  expect(growByUnits(JSON.stringify(Array.from({ length: 60 }, () => 'a')))).toHaveLength(121);
});
