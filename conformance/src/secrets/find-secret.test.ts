import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSecret } from './find-secret.ts';
import { keyWritings } from './key-writings.ts';
import { printEverything } from './print-everything.ts';

const key = 'sk-0a1b2c3d4e5f6789';

/**
 * Whatever a header can carry as a key, of enough different characters to be found nowhere else. What in it looks like a
 * line end of JSON or like a tag is taken for one.
 */
const secretKeys = fc
  .string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 12,
    maxLength: 60,
  })
  .filter((text) => new Set(text).size > 8 && !/\\[nr]|<[^<>]*>/.test(text));

test.each(Object.keys(keyWritings))('a key is found when it is written %s', (name) => {
  fc.assert(
    fc.property(secretKeys, (secret) => {
      const written = keyWritings[name]?.(secret) ?? '';
      expect(findSecret(`before ${written} after`, secret)).toBeDefined();
      expect(findSecret(JSON.stringify({ said: written }), secret)).toBeDefined();
    }),
    { numRuns: 15 },
  );
});

test('a key that is broken into lines after a backslash of its own is found in JSON', () => {
  const written = 'sk-0a\n  1b2c\\\n  3d4e5\n  f67';
  expect(findSecret(JSON.stringify({ said: written }), 'sk-0a1b2c\\3d4e5f67')).toBeDefined();
});

test('what was escaped is not taken for another escape', () => {
  const escaped = [...'!!!!\\/"#$%&'].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join('');
  expect(findSecret(escaped, '!!!!\\/"#$%&')).toMatchObject({ encodings: ['json'] });
});

test.each<[string, string]>([
  ['a part of it', `${key.slice(3, 13)}…`],
  [
    'a log that breaks lines',
    inspect(`${key.slice(0, 9)}\n${key.slice(9)}`, { compact: false, breakLength: 4 }),
  ],
  ['it backwards', [...key].reverse().join('')],
  ['it between tags', `${key.slice(0, 5)}<wbr>${key.slice(5)}`],
])('%s is a find', (_, output) => {
  expect(findSecret(output, key)).toBeDefined();
});

test('what is told of it says what to undo', () => {
  expect(findSecret(encodeURIComponent(Buffer.from(`:${key}`).toString('base64')), key)).toMatchObject({
    encodings: ['base64'],
  });
  expect(findSecret(`a ${key} b`, key)).toEqual({ encodings: [], part: key.slice(0, 10) });
});

test('other text holds no key', () => {
  const other = 'The key is not accepted. It begins with sk-0a1b2, as [key] and c2stMGE= do.';
  expect(findSecret(other, key)).toBeUndefined();
});

test.each<[string, () => unknown]>([
  ['a hidden member', () => Object.defineProperty({}, 'hidden', { value: key })],
  ['a member under a symbol', () => ({ [Symbol('a')]: key })],
  ['a name of a member', () => ({ [key]: 1 })],
  ['a cause of a cause', () => new Error('a', { cause: new Error('b', { cause: { deep: [key] } }) })],
  ['bytes', () => ({ body: Buffer.from(key) })],
  ['headers', () => ({ request: { headers: new Headers({ authorization: `Bearer ${key}` }) } })],
  ['a map', () => new Map([['a', new Set([key])]])],
  [
    'a getter',
    () => ({
      get key() {
        return key;
      },
    }),
  ],
  ['errors of an error', () => new AggregateError([new Error(key)], 'several')],
])('%s is printed', (_, value) => {
  expect(findSecret(printEverything(value()), key)).toBeDefined();
});

test('a value that is no value at all is printed', () => {
  expect([undefined, null, 0, () => key, Object.create(null)].map(printEverything)).toHaveLength(5);
});
