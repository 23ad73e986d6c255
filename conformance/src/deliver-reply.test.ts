import { expect, test } from 'vitest';
import { splitBytes } from './deliver-reply.ts';

const encoder = new TextEncoder();

function parts(text: string, split: Parameters<typeof splitBytes>[1]): string[] {
  return splitBytes(encoder.encode(text), split).map((chunk) => Buffer.from(chunk).toString('latin1'));
}

test('a stream is cut behind each blank line, whichever line end it uses', () => {
  expect(parts('a\n\nb\r\n\r\nc\r\rd', 'event')).toEqual(['a\n\n', 'b\r\n\r\n', 'c\r\r', 'd']);
});

test('a cut may go through a character', () => {
  expect(parts('ä', 'byte')).toEqual(['\u00c3', '\u00a4']);
});

test('offsets cut where they say', () => {
  expect(parts('abcdef', [2, 3])).toEqual(['ab', 'c', 'def']);
});

test('a whole body stays whole', () => {
  expect(parts('a\n\nb', 'whole')).toEqual(['a\n\nb']);
});
