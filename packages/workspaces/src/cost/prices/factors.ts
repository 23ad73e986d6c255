import type { TypicalFactors } from '../price-table.ts';

/**
 * What the page on context cache calls typical: a part of the input that is read from an implicit cache costs 20 % of its
 * price, from an explicit one 10 %, and writing it into one 125 %.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/context-cache
 */
export const cacheFactors: TypicalFactors = {
  implicitHit: '0.2',
  explicitHit: '0.1',
  explicitCreation: '1.25',
};

/** Batch costs half, where the region offers it. */
export const cacheAndBatchFactors: TypicalFactors = { ...cacheFactors, batch: '0.5' };
