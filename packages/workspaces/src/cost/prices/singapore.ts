// A table: dollars per million tokens. The page gives yuan, at 7.339 or 7.4942 to the dollar; the dollars were checked
// against QwenCloud and models.dev, and where these differ the rate has a doubt.
import type { PriceTable } from '../price-table.ts';
import { thinking } from './beijing.ts';
import { cacheAndBatchFactors } from './factors.ts';
import { type Column, type PriceRow, readRows } from './price-rows.ts';

const no = undefined;
const columns: readonly Column[] = ['input', 'output', 'thinkingOutput', 'implicitHit', 'explicitCreation'];

function differs(rate: string, other: string, atMost = rate) {
  return { rate, doubt: `QwenCloud has ${rate}, models.dev of 2026-07-02 has ${other}.`, atMost };
}

function modelsDevAlone(rate: string) {
  return { rate, doubt: 'From models.dev of 2026-07-02 alone.' };
}

function qwenCloudAlone(rate: string) {
  return { rate, doubt: 'From QwenCloud alone.' };
}

/** models.dev lists one price for thinking with this model, which is that of the largest requests. */
function perhapsDearer(rate: string) {
  return { rate, doubt: 'models.dev of 2026-07-02 has 4.80 for thinking.', atMost: '4.80' };
}

// biome-ignore format: columns of the page
const chat: readonly PriceRow[] = [
  ['qwen3.7-max', '1M', '2.50', '7.50', no, '0.50', '3.125'],
  ['qwen3.6-max-preview', '128K', '1.30', '7.80'],
  ['qwen3.6-max-preview', '256K', '2.00', '12.00'],
  ['qwen3-max', '32K', '1.20', '6'],
  ['qwen3-max', '128K', '2.40', '12'],
  ['qwen3-max', '256K', '3.00', '15'],
  ['qwen-max', 'flat', '1.60', '6.40'],
  ['qwen3.7-plus', '256K', differs('0.40', '0.50', '0.50'), differs('1.60', '3.00', '3.00')],
  ['qwen3.7-plus', '1M', differs('1.20', '2.00', '2.00'), differs('4.80', '6.00', '6.00')],
  ['qwen3.6-plus', '256K', '0.50', '3.00'],
  ['qwen3.6-plus', '1M', '2.00', '6.00'],
  ['qwen3.5-plus', '256K', '0.40', '2.40'],
  ['qwen3.5-plus', '1M', '0.50', '3.00'],
  ['qwen-plus', '256K', '0.40', '1.20', '4.00'],
  ['qwen-plus', '1M', '1.20', '3.60', '12.00'],
  ['qwen3.6-flash', '256K', differs('0.25', '0.1875'), '1.50'],
  ['qwen3.6-flash', '1M', '1.00', '4.00'],
  ['qwen3.5-flash', '1M', '0.10', '0.40'],
  ['qwen-flash', '256K', '0.05', '0.40'],
  ['qwen-flash', '1M', '0.25', '2.00'],
  ['qwen-turbo', 'flat', '0.05', '0.20', '0.50'],
  ['qwq-plus', 'flat', '0.80', '2.40'],
  ['qwen3-coder-plus', '32K', '1.00', '5'],
  ['qwen3-coder-plus', '128K', '1.80', '9'],
  ['qwen3-coder-plus', '256K', '3.00', '15'],
  ['qwen3-coder-plus', '1M', '6.00', '60'],
  ['qwen3-coder-flash', '32K', '0.30', '1.50'],
  ['qwen3-coder-flash', '128K', '0.50', '2.50'],
  ['qwen3-coder-flash', '256K', '0.80', '4.00'],
  ['qwen3-coder-flash', '1M', '1.60', '9.60'],
  ['qwen3-vl-plus', '32K', '0.20', '1.60', perhapsDearer('1.60')],
  ['qwen3-vl-plus', '128K', '0.30', '2.40', perhapsDearer('2.40')],
  ['qwen3-vl-plus', '256K', '0.60', '4.80'],
  ['qwen3-vl-flash', '32K', '0.05', '0.40'],
  ['qwen3-vl-flash', '128K', '0.075', '0.60'],
  ['qwen3-vl-flash', '256K', '0.12', '0.96'],
  ['qwen-vl-max', 'flat', modelsDevAlone('0.80'), modelsDevAlone('3.20')],
  ['qwen-vl-plus', 'flat', modelsDevAlone('0.21'), modelsDevAlone('0.63')],
  ['qwen-vl-ocr', 'flat', differs('0.07', '0.72', '0.72'), differs('0.16', '0.72', '0.72')],
  ['qwen-mt-plus', 'flat', '2.46', '7.37'],
  ['qwen-mt-flash', 'flat', '0.16', '0.49'],
  ['qwen-mt-lite', 'flat', '0.12', '0.36'],
  ['qwen3-next-80b-a3b-instruct', 'flat', '0.50', '2.00'],
  ['qwen3-next-80b-a3b-thinking', 'flat', '0.50', '6.00'],
  ['qwen3.5-397b-a17b', 'flat', '0.60', '3.60'],
  ['qwen3.5-122b-a10b', 'flat', '0.40', '3.20'],
  ['qwen3.5-35b-a3b', 'flat', '0.25', '2.00'],
  ['qwen3.5-27b', 'flat', '0.30', '2.40'],
];

// biome-ignore format: columns of the page
const openHybrid: readonly PriceRow[] = [
  ['qwen3-32b', 'flat', '0.70', '2.80', '8.40'],
  ['qwen3-235b-a22b', 'flat', '0.70', '2.80', '8.40'],
];

// biome-ignore format: columns of the page
const inputOnly: readonly PriceRow[] = [
  ['text-embedding-v4', 'flat', '0.07'],
  ['qwen3-rerank', 'flat', '0.10'],
];

/** No price of pictures and films is given, only of text. */
function silent(rate: string) {
  return { rate, doubt: 'From QwenCloud alone. Pictures and films are charged as text here.' };
}

/** See the doubt about speech in Beijing. */
function speech(rate: string) {
  return { rate, doubt: 'From QwenCloud alone. Text beside speech is charged as text here; it may be free.' };
}

// biome-ignore format: columns of the page
const omni: readonly PriceRow[] = [
  ['qwen3.5-omni-plus', 'flat', silent('1.4'), qwenCloudAlone('11'), qwenCloudAlone('8.3'), speech('44')],
  ['qwen3.5-omni-flash', 'flat', silent('0.4'), qwenCloudAlone('3'), qwenCloudAlone('2.2'), speech('11.9')],
];

/** Prices of explicit cache are published for one model only, and those of batch for none: the typical factors hold, with a doubt. */
export const singapore: PriceTable = {
  date: '2026-05-27',
  source:
    'https://help.aliyun.com/zh/model-studio/model-pricing of 2026-05-26, QwenCloud, and https://models.dev of 2026-07-02',
  currency: 'USD',
  scope: 'international',
  regions: ['ap-southeast-1'],
  prices: [
    ...readRows(columns, chat),
    ...readRows(columns, openHybrid).map(thinking),
    ...readRows(['input'], inputOnly),
    ...readRows(['input', 'audioInput', 'output', 'audioOutput'], omni),
  ],
  uses: { webSearches: qwenCloudAlone('10'), imageSearches: qwenCloudAlone('8') },
  factors: cacheAndBatchFactors,
};
