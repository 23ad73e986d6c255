import { expect, test } from 'vitest';
import { createLineReader } from './child-lines.ts';

/** What a reader makes of these chunks. */
function read(chunks: readonly (string | readonly number[])[], limitBytes?: number) {
  const lines: string[] = [];
  const mistakes: string[] = [];
  const reader = createLineReader(
    { onLine: (line) => lines.push(line), onMistake: (because) => mistakes.push(because) },
    limitBytes,
  );
  for (const chunk of chunks) reader(typeof chunk === 'string' ? Buffer.from(chunk) : Uint8Array.from(chunk));
  return { lines, mistakes };
}

test('lines come out whole, however they arrive', () => {
  expect(read(['a', 'b\nc\n', '\nd'])).toEqual({ lines: ['ab', 'c', ''], mistakes: [] });
});

test('a character that is cut in two is one character', () => {
  expect(
    read([
      [0xe4, 0xbd],
      [0xa0, 0x0a],
    ]),
  ).toEqual({ lines: ['你'], mistakes: [] });
});

test('a line that is not UTF-8 is a mistake, and nothing is read after it', () => {
  const { lines, mistakes } = read(['a\n', [0xff, 0x0a], 'b\n']);
  expect(lines).toEqual(['a']);
  expect(mistakes).toEqual(['wrote a line that is not UTF-8: "ÿ"']);
});

test('a line without end is a mistake, said once', () => {
  expect(read(['abc', 'def', 'ghi', '\n'], 5)).toEqual({
    lines: [],
    mistakes: ['wrote a line of more than 5 bytes'],
  });
});

test('lines in one chunk have the limit each for itself', () => {
  expect(read(['abc\ndef\n'], 5)).toEqual({ lines: ['abc', 'def'], mistakes: [] });
});
