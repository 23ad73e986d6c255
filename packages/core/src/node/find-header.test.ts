import { expect, test } from 'vitest';
import { findHeader } from './find-header.ts';

const raw = ['Content-Type', 'text/plain', 'X-Request-Id', 'a', 'x-request-id', 'b', 'Empty', ''];

test('a header is found in whichever case it was written', () => {
  expect(findHeader(raw, 'content-TYPE')).toBe('text/plain');
});

test('a header that was sent twice has both values, as in fetch', () => {
  expect(findHeader(raw, 'x-request-id')).toBe('a, b');
});

test('an empty header is there, a value is no name', () => {
  expect([findHeader(raw, 'empty'), findHeader(raw, 'text/plain')]).toEqual(['', null]);
});
