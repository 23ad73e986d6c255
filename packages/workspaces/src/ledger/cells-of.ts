import { dayOf } from '../budget/period.ts';
import { addMoney } from '../cost/money-arithmetic.ts';
import type { UsageRecord } from '../usage-record.ts';
import {
  type CellQuery,
  type CostCell,
  type CostDimension,
  type SummedCount,
  summedCounts,
} from './ledger-store.ts';

/** Records added up, for a store that has them at hand. */
export function cellsOf(
  records: Iterable<UsageRecord>,
  { by, timeZone }: Pick<CellQuery, 'by' | 'timeZone'>,
): CostCell[] {
  const cells = new Map<string, CostCell>();
  for (const record of records) {
    const { model, outcome, unpriced, priceTable, cost } = record;
    const key = by.map((dimension) => valueFor(record, dimension, timeZone));
    // A missing tag is null in JSON, which no text is.
    const place = JSON.stringify([
      ...key,
      model,
      outcome,
      unpriced ?? 0,
      priceTable ?? 0,
      cost?.currency ?? 0,
    ]);
    const cell = cells.get(place);
    cells.set(place, {
      key,
      model,
      outcome,
      ...(unpriced && { unpriced }),
      ...(priceTable !== undefined && { priceTable }),
      ...(cost && { cost: cell?.cost ? addMoney(cell.cost, cost) : cost }),
      calls: (cell?.calls ?? 0) + 1,
      usage: sumCounts(cell?.usage, record.usage),
    });
  }
  return [...cells.values()];
}

/** Adds up what was reported. */
export function sumCounts(
  sums: CostCell['usage'] | undefined,
  counts: { readonly [count in SummedCount]?: number | undefined },
): CostCell['usage'] {
  const entries = summedCounts.map((name) => [name, (sums?.[name] ?? 0) + (counts[name] ?? 0)]);
  return Object.fromEntries(entries) as CostCell['usage'];
}

function valueFor(record: UsageRecord, dimension: CostDimension, timeZone: string): string | undefined {
  switch (dimension) {
    case 'workspace':
    case 'model':
    case 'wire':
      return record[dimension];
    case 'day':
      return dayOf(Date.parse(record.at), timeZone);
    default:
      return Object.hasOwn(record.tags, tagOf(dimension)) ? record.tags[tagOf(dimension)] : undefined;
  }
}

/** The name in `tag:name`. */
export function tagOf(dimension: `tag:${string}`): string {
  return dimension.slice('tag:'.length);
}
