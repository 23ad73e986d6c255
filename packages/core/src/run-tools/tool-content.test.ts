import { expect, test } from 'vitest';
import { toToolContent } from './tool-content.ts';

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

test.each<[unknown, string]>([
  ['26 °C', '26 °C'],
  ['', ''],
  [{ celsius: 26, wind: undefined }, '{"celsius":26}'],
  [[1, null], '[1,null]'],
  [0, '0'],
  [false, 'false'],
  [null, 'null'],
  [new Date(0), '"1970-01-01T00:00:00.000Z"'],
])('%j is told as %s', (output, content) => {
  expect(toToolContent(output, 'tools[0].execute')).toBe(content);
});

test.each<[string, unknown, string]>([
  ['undefined', undefined, 'nothing'],
  ['a function', () => 'text', 'function'],
  ['a function inside', { a: { run: () => 'text' } }, '"run" is a function'],
  ['a symbol', Symbol('a'), 'symbol'],
  ['a cycle', cycle, 'circular'],
  ['a big integer', 1n, 'BigInt'],
])('%s is an error that names the tool and what is wrong', (_, output, problem) => {
  expect(() => toToolContent(output, 'tools[2].execute')).toThrow(
    expect.objectContaining({
      kind: 'invalid-request',
      field: 'tools[2].execute',
      message: expect.stringContaining(problem),
      hint: expect.stringContaining('"done"'),
    }),
  );
});
