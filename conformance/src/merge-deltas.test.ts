import { expect, test } from 'vitest';
import { mergeDeltas } from './merge-deltas.ts';

test('pieces of one tool call are joined at the place of the first, also when another comes between', () => {
  const piece = (index: number, text: string) => ({ type: 'tool-call-delta', index, arguments: text });
  expect(mergeDeltas([piece(0, '{"a"'), piece(1, '{'), piece(0, ':1}'), piece(1, '}')])).toEqual([
    piece(0, '{"a":1}'),
    piece(1, '{}'),
  ]);
});

test('token probabilities of joined text are joined too', () => {
  const piece = (text: string) => ({ type: 'text-delta', text, logprobs: [text] });
  expect(mergeDeltas([piece('a'), piece('b')])).toEqual([
    { type: 'text-delta', text: 'ab', logprobs: ['a', 'b'] },
  ]);
});
