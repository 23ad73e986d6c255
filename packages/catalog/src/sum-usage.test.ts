import { expect, test } from 'vitest';
import { sumUsage } from './sum-usage.ts';

const unreported = { inputTokens: undefined, outputTokens: undefined, totalTokens: undefined };

test('counts that all report are added up', () => {
  const usage = { inputTokens: 2, outputTokens: undefined, totalTokens: 2, inputTextTokens: 1 };
  expect(sumUsage([usage, usage, usage])).toEqual({
    inputTokens: 6,
    outputTokens: undefined,
    totalTokens: 6,
    inputTextTokens: 3,
  });
});

test('a count that one of them lacks is not known of all', () => {
  const usage = { ...unreported, inputTokens: 2 };
  expect(sumUsage([usage, { ...unreported, totalTokens: 4 }])).toEqual(unreported);
  expect(sumUsage([{ ...usage, inputImageTokens: 1 }, usage])).toEqual({ ...unreported, inputTokens: 4 });
  expect(Object.keys(sumUsage([usage, { ...usage, inputImageTokens: 1 }]))).not.toContain('inputImageTokens');
});

test('a word stays when all agree', () => {
  const cached = { ...unreported, cacheType: 'ephemeral' };
  expect(sumUsage([cached, cached])).toEqual(cached);
  expect(sumUsage([cached, { ...cached, cacheType: 'other' }])).not.toHaveProperty('cacheType');
});
