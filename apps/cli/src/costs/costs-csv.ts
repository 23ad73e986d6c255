import { type CostReport, type CostSum, summedCounts } from '@qwire/workspaces';
import { stringify } from 'csv-stringify/sync';
import { countUnpriced } from './count-unpriced.ts';

type Column = readonly [name: string, cell: (sum: CostSum) => string];

const counts: readonly Column[] = [
  ['calls', ({ calls }) => String(calls)],
  ['completed', ({ outcomes }) => String(outcomes.completed)],
  ['failed', ({ outcomes }) => String(outcomes.failed)],
  ['cancelled', ({ outcomes }) => String(outcomes.cancelled)],
  ['unpriced', (sum) => String(countUnpriced(sum))],
  ...summedCounts.map((name): Column => [name, ({ usage }) => String(usage[name])]),
];

/**
 * A line for each group. Each currency has a column, which is empty where a group has no known cost in it. There is no
 * line for the total, so that summing a column up counts nothing twice.
 */
export function costsCsv({ by, groups, total }: CostReport): string {
  const columns: readonly Column[] = [
    ...counts,
    ...total.costs.map(({ currency }): Column => [`cost${currency}`, (sum) => amountIn(sum, currency)]),
    ['priceTables', ({ priceTables }) => priceTables.join(' ')],
  ];
  const lines = groups.map((group) => [
    ...by.map((dimension) => group.key[dimension]),
    ...columns.map(([, cell]) => cell(group)),
  ]);
  // Spreadsheets run what begins like a formula, and some divide at semicolons and tabs.
  return stringify([[...by, ...columns.map(([name]) => name)], ...lines], {
    escape_formulas: true,
    quoted_match: /[;\t]/,
  });
}

function amountIn({ costs }: CostSum, currency: string): string {
  return costs.find((cost) => cost.currency === currency)?.amount ?? '';
}
