import { expect, test } from 'vitest';
import { parsePattern } from './pattern.ts';

test('plain text is contained in any case', () => {
  expect(parsePattern('Who are you')('so, WHO ARE YOU?')).toBe(true);
  expect(parsePattern('a.c')('abc')).toBe(false);
});

test('text between slashes is a regular expression with its flags', () => {
  expect(parsePattern('/^who/i')('Who?')).toBe(true);
  expect(parsePattern('/^who/')('Who?')).toBe(false);
});

test('a global expression matches the same text twice', () => {
  const matches = parsePattern('/who/g');
  expect([matches('who'), matches('who')]).toEqual([true, true]);
});
