import { expect, test } from 'vitest';
import { bytesOf, cutBytes, readable } from './bytes.js';

/** Escapes in brackets, so that they are told from text. */
function read(bytes: Uint8Array): string {
  return readable(bytes)
    .map(({ text, escaped }) => (escaped ? `[${text}]` : text))
    .join('');
}

const encode = (text: string) => new TextEncoder().encode(text);

test.each([
  ['text as it is', encode('data: ä 好 🙂\n\n'), 'data: ä 好 🙂\n\n'],
  ['carriage returns', encode('a\r\nb'), 'a[\\r]\nb'],
  ['a byte-order mark', encode('\u{FEFF}a'), '[\\uFEFF]a'],
  ['a change of direction', encode('a\u202Eb'), 'a[\\u202E]b'],
  ['control characters next to each other', encode('\u0000\u0007'), '[\\u0000\\u0007]'],
  ['half of a character', encode('ä好').subarray(1, 3), '[\\xA4\\xE5]'],
  ['half of an emoji', encode('a🙂').subarray(0, 3), 'a[\\xF0\\x9F]'],
  ['bytes that are never text', Uint8Array.of(0x61, 0xc0, 0xff, 0x62), 'a[\\xC0\\xFF]b'],
  ['what looks like an escape', encode('\\r'), '\\r'],
])('%s can be read', (_, bytes, shown) => {
  expect(read(bytes)).toBe(shown);
});

test('a stored body gives its bytes back', () => {
  expect([...bytesOf({ text: 'ä' })]).toEqual([0xc3, 0xa4]);
  expect([...bytesOf({ base64: '4wo=' })]).toEqual([0xe3, 0x0a]);
});

test('a body is cut where its chunks were, and what was not sent is counted', () => {
  const { sent, unsent } = cutBytes(encode('abcdef'), [
    { bytes: 2, atMs: 0 },
    { bytes: 3, atMs: 4 },
  ]);
  expect(sent.map(({ bytes, atMs }) => [read(bytes), atMs])).toEqual([
    ['ab', 0],
    ['cde', 4],
  ]);
  expect(unsent).toBe(1);
});
