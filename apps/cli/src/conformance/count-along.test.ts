import { expect, test } from 'vitest';
import { countAlong } from './count-along.ts';

test('a step takes one row of a narrow terminal', () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 20, write: (text: string) => written.push(text) };
  countAlong({ piped: 'nothing' }, stream as unknown as NodeJS.WriteStream).show(
    '1/2 a case with a long name',
  );
  expect(written).toEqual(['\r\u001b[K1/2 a case with a l']);
});
