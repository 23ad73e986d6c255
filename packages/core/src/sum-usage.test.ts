import { expect, test } from 'vitest';
import { sumUsage } from './sum-usage.ts';

const plain = { inputTokens: 10, outputTokens: 2, totalTokens: 12 };

test('numbers that every call reported are added', () => {
  const more = { ...plain, reasoningTokens: 1, cachedInputTokens: 0 };
  expect(sumUsage([more, more, more])).toEqual({
    inputTokens: 30,
    outputTokens: 6,
    totalTokens: 36,
    reasoningTokens: 3,
    cachedInputTokens: 0,
  });
});

test('a number that one call did not report is not known of all', () => {
  const sum = sumUsage([{ ...plain, reasoningTokens: 1 }, { ...plain, outputTokens: undefined }, plain]);
  expect(sum).toStrictEqual({ inputTokens: 30, outputTokens: undefined, totalTokens: 36 });
});

test('words stay when all calls say the same', () => {
  const cached = { ...plain, cacheType: 'ephemeral' };
  expect(sumUsage([cached, cached])).toMatchObject({ cacheType: 'ephemeral' });
  expect(sumUsage([cached, plain])).not.toHaveProperty('cacheType');
  expect(sumUsage([])).toStrictEqual({
    inputTokens: undefined,
    outputTokens: undefined,
    totalTokens: undefined,
  });
});
