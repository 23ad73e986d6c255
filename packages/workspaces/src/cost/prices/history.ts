// Prices that no longer hold, for calls of their time. They came before tiers, explicit cache and today's typical factors.
import type { PriceTable } from '../price-table.ts';
import { readRows } from './price-rows.ts';

const singapore = { currency: 'USD', scope: 'international', regions: ['ap-southeast-1'] } as const;

export const december2024: PriceTable = {
  ...singapore,
  date: '2024-12',
  source: 'https://www.alibabacloud.com/help/en/model-studio/billing-for-tongyiqianwen of 2024-12-16',
  prices: readRows(
    ['input', 'output'],
    [
      ['qwen-max', 'flat', '10', '30'],
      ['qwen-plus', 'flat', '3', '9'],
      ['qwen-turbo', 'flat', '0.4', '1.2'],
    ],
  ),
};

/** A cache hit cost 40 % of the input price. */
export const april2025: PriceTable = {
  ...singapore,
  date: '2025-04',
  source: 'https://www.alibabacloud.com/help/en/model-studio/billing-for-model-studio of 2025-04-22',
  prices: readRows(
    ['input', 'output', 'implicitHit'],
    [
      ['qwen-max', 'flat', '1.6', '6.4', '0.64'],
      ['qwen-plus', 'flat', '0.4', '1.2', '0.16'],
      ['qwen-turbo', 'flat', '0.05', '0.2', '0.02'],
    ],
  ),
};
