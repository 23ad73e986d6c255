// A table: the lines of the price page as they stand there, in yuan per million tokens.
import type { ModelPrice, PriceTable } from '../price-table.ts';
import { cacheFactors } from './factors.ts';
import { type Column, type PriceRow, readRows } from './price-rows.ts';

const no = undefined;
const columns: readonly Column[] = [
  'input',
  'output',
  'thinkingOutput',
  'implicitHit',
  'explicitCreation',
  'explicitHit',
  'batchInput',
  'batchOutput',
  'batchThinkingOutput',
];

/** The metadata gives three digits, where a quarter more than the input price has four. */
const rounded = {
  rate: '0.188',
  doubt: 'The page rounds the price of creating a cache, which is 0.1875 by its rule.',
};

// biome-ignore format: columns of the page
const chat: readonly PriceRow[] = [
  ['qwen3.7-max', 'flat', '12', '36', no, '2.4', '15', '1.2', '6', '18'],
  ['qwen3.6-max-preview', '128K', '9', '54', no, no, '11.25', '0.9'],
  ['qwen3.6-max-preview', '256K', '15', '90', no, no, '18.75', '1.5'],
  ['qwen3-max', '32K', '2.5', '10', no, '0.5', '3.125', '0.25', '1.25', '5'],
  ['qwen3-max', '128K', '4', '16', no, '0.8', '5', '0.4', '2', '8'],
  ['qwen3-max', '256K', '7', '28', no, '1.4', '8.75', '0.7', '3.5', '14'],
  ['qwen-max', 'flat', '2.4', '9.6', no, '0.48', no, no, '1.2', '4.8'],
  ['qwen3.6-plus', '256K', '2', '12', no, no, '2.5', '0.2', '1', '6'],
  ['qwen3.6-plus', '1M', '8', '48', no, no, '10', '0.8', '4', '24'],
  ['qwen3.5-plus', '128K', '0.8', '4.8', no, no, '1', '0.08', '0.4', '2.4'],
  ['qwen3.5-plus', '256K', '2', '12', no, no, '2.5', '0.2', '1', '6'],
  ['qwen3.5-plus', '1M', '4', '24', no, no, '5', '0.4', '2', '12'],
  ['qwen-plus', '128K', '0.8', '2', '8', '0.16', '1', '0.08', '0.4', '1', '4'],
  ['qwen-plus', '256K', '2.4', '20', '24', '0.48', '3', '0.24', '1.2', '10', '12'],
  ['qwen-plus', '1M', '4.8', '48', '64', '0.96', '6', '0.48', '2.4', '24', '32'],
  ['qwen3.6-flash', '256K', '1.2', '7.2', no, no, '1.5', '0.12', '0.6', '3.6'],
  ['qwen3.6-flash', '1M', '4.8', '28.8', no, no, '6', '0.48', '2.4', '14.4'],
  ['qwen3.5-flash', '128K', '0.2', '2', no, no, '0.25', '0.02', '0.1', '1'],
  ['qwen3.5-flash', '256K', '0.8', '8', no, no, '1', '0.08', '0.4', '4'],
  ['qwen3.5-flash', '1M', '1.2', '12', no, no, '1.5', '0.12', '0.6', '6'],
  ['qwen-flash', '128K', '0.15', '1.5', no, '0.03', rounded, '0.015', '0.075', '0.75'],
  ['qwen-flash', '256K', '0.6', '6', no, '0.12', '0.75', '0.06', '0.3', '3'],
  ['qwen-flash', '1M', '1.2', '12', no, '0.24', '1.5', '0.12', '0.6', '6'],
  ['qwen-turbo', 'flat', '0.3', '0.6', '3', '0.06', no, no, '0.15', '0.3', '1.5'],
  ['qwen-long', 'flat', '0.5', '2', no, no, no, no, '0.25', '1'],
  ['qwq-plus', 'flat', '1.6', '4', no, no, no, no, '0.8', '2'],
  ['qwen3-coder-plus', '32K', '4', '16', no, '0.8', '5', '0.4'],
  ['qwen3-coder-plus', '128K', '6', '24', no, '1.2', '7.5', '0.6'],
  ['qwen3-coder-plus', '256K', '10', '40', no, '2', '12.5', '1'],
  ['qwen3-coder-plus', '1M', '20', '200', no, '4', '25', '2'],
  ['qwen3-coder-flash', '32K', '1', '4', no, '0.2', '1.25', '0.1'],
  ['qwen3-coder-flash', '128K', '1.5', '6', no, '0.3', '1.875', '0.15'],
  ['qwen3-coder-flash', '256K', '2.5', '10', no, '0.5', '3.125', '0.25'],
  ['qwen3-coder-flash', '1M', '5', '25', no, '1', '6.25', '0.5'],
  ['qwen3-vl-plus', '32K', '1', '10', no, '0.2', '1.25', '0.1', '0.5', '5'],
  ['qwen3-vl-plus', '128K', '1.5', '15', no, '0.3', '1.875', '0.15', '0.75', '7.5'],
  ['qwen3-vl-plus', '256K', '3', '30', no, '0.6', '3.75', '0.3', '1.5', '15'],
  ['qwen3-vl-flash', '32K', '0.15', '1.5', no, '0.03', '0.1875', '0.015', '0.075', '0.75'],
  ['qwen3-vl-flash', '128K', '0.3', '3', no, '0.06', '0.375', '0.03', '0.15', '1.5'],
  ['qwen3-vl-flash', '256K', '0.6', '6', no, '0.12', '0.75', '0.06', '0.3', '3'],
  ['qwen-vl-max', 'flat', '1.6', '4', no, '0.32', no, no, '0.8', '2'],
  ['qwen-vl-plus', 'flat', '0.8', '2', no, '0.16', no, no, '0.4', '1'],
  ['qwen-vl-ocr', 'flat', '0.3', '0.5', no, no, no, no, '0.15', '0.25'],
  ['qwen-mt-plus', 'flat', '1.8', '5.4'],
  ['qwen-mt-flash', 'flat', '0.7', '1.95'],
  ['qwen-mt-lite', 'flat', '0.6', '1.6'],
  ['qwen3-next-80b-a3b-instruct', 'flat', '1', '4'],
  ['deepseek-v3.2', 'flat', '2', '3', no, '0.4', '2.5', '0.2', '1', '1.5'],
  ['deepseek-v4-pro', 'flat', '12', '24', no, '1'],
  ['kimi-k2.5', 'flat', '4', '21', no, '0.8', '5', '0.4'],
  ['glm-5', '32K', '4', '18', no, '0.8'],
  ['glm-5', '200K', '6', '22', no, '1.2'],
];

// biome-ignore format: columns of the page
const openHybrid: readonly PriceRow[] = [
  ['qwen3-32b', 'flat', '2', '8', '20'],
  ['qwen3-235b-a22b', 'flat', '2', '8', '20'],
];

/** Charged for input alone: vectors and ranks have no tokens. */
// biome-ignore format: columns of the page
const inputOnly: readonly PriceRow[] = [
  ['text-embedding-v4', 'flat', '0.5', '0.25'],
  ['text-embedding-v3', 'flat', '0.5', '0.25'],
  ['text-embedding-v2', 'flat', '0.7', '0.35'],
  ['qwen3-rerank', 'flat', '0.5'],
];

/** The page of an earlier Omni model says that the text of a spoken answer is free; of these, no page is known to. */
function speech(rate: string) {
  return { rate, doubt: 'Text beside speech is charged as text here; it may be free.' };
}

// biome-ignore format: columns of the page
const omni: readonly PriceRow[] = [
  ['qwen3.5-omni-plus', 'flat', '7', '53', '40', speech('213')],
  ['qwen3.5-omni-flash', 'flat', '2.2', '18', '13.3', speech('72')],
];

/** Open hybrid models think unless they are told not to. @see https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope */
export function thinking(price: ModelPrice): ModelPrice {
  return { ...price, thinksByDefault: true };
}

/**
 * Where a cell for cache is empty, the typical factor holds, with a doubt. Where one for batch is empty, the model is not
 * offered in batch.
 */
export const beijing: PriceTable = {
  date: '2026-05-27',
  source:
    'https://help.aliyun.com/zh/model-studio/model-pricing of 2026-05-26, and model metadata of 2026-05-27',
  currency: 'CNY',
  scope: 'mainland',
  regions: ['cn-beijing'],
  prices: [
    ...readRows(columns, chat),
    ...readRows(columns, openHybrid).map(thinking),
    ...readRows(['input', 'batchInput'], inputOnly),
    ...readRows(['input', 'audioInput', 'output', 'audioOutput'], omni),
  ],
  uses: {
    webSearches: {
      rate: '4',
      doubt:
        'The price of a web search is the one that a copy of the console gives for the strategy "agent".',
    },
  },
  factors: cacheFactors,
};
