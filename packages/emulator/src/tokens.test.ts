import { expect, test } from 'vitest';
import { countTokens, splitTokens, toPieces } from './tokens.ts';

test('tokens joined again are the text', () => {
  const text = 'Hello, 世界! 👍🏽 naïve\n\n  x=1; こんにちは';
  expect(splitTokens(text).join('')).toBe(text);
  expect(toPieces(text, 3).join('')).toBe(text);
});

test('counts a Chinese character, a word and a mark as one each', () => {
  expect(countTokens('你好吗')).toBe(3);
  expect(countTokens('Who are you?')).toBe(4);
  expect(countTokens('')).toBe(0);
});
