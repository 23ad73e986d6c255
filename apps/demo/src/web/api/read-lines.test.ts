import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

async function read(text: string, bytesPerChunk: number): Promise<readonly unknown[]> {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += bytesPerChunk) {
        controller.enqueue(bytes.slice(at, at + bytesPerChunk));
      }
      controller.close();
    },
  });
  const values: unknown[] = [];
  for await (const value of readLines(body)) values.push(value);
  return values;
}

test.each([1, 2, 3, 7, 1000])('lines are whole however the bytes are cut: %i at a time', async (bytes) => {
  expect(await read('{"text":"西湖"}\n\n{"text":"b"}\n', bytes)).toEqual([{ text: '西湖' }, { text: 'b' }]);
});

test('the last line needs no line feed', async () => {
  expect(await read('1\n2', 1)).toEqual([1, 2]);
});

test('a line that was cut off is an error', async () => {
  await expect(read('{"text":', 100)).rejects.toThrow(SyntaxError);
});
