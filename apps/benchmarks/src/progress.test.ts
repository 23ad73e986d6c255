import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function written(isTTY: boolean) {
  const lines: string[] = [];
  const out = { isTTY, columns: 20, write: (text: string) => lines.push(text) > 0 };
  const progress = createProgress(2, out as unknown as NodeJS.WriteStream);
  for (const what of ['call, a contender with a long name', 'bulk, b']) progress.step(what);
  progress.end();
  return lines;
}

test('a file gets a line for each step, without control characters', () => {
  expect(written(false)).toEqual([
    expect.stringMatching(/^1\/2 {2}\d+ s left {2}call, a contender with a long name\n$/),
    expect.stringMatching(/^2\/2 {2}0 s left {2}bulk, b\n$/),
  ]);
});

test('a terminal has one line, no wider than it is, which is gone at the end', () => {
  const lines = written(true);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line.startsWith('\r\u001b[K')).toBe(true);
  expect(lines[0]?.length).toBe(4 + 19);
  expect(lines[2]).toBe('\r\u001b[K');
});
