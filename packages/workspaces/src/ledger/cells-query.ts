import { toMoney } from '../cost/money-arithmetic.ts';
import { sumCounts, tagOf } from './cells-of.ts';
import { type CellQuery, type CostCell, type CostDimension, summedCounts } from './ledger-store.ts';
import { type Row, readText } from './usage-row.ts';

/** The statement that adds records up, and how its rows are read. */
export function selectCells({ by, from, to, timeZone }: CellQuery, table: string) {
  const params: (string | null)[] = [from ?? null, to ?? null];
  const placeFor = (value: string) => `$${params.push(value)}::text`;
  const keys = by.map((dimension, index) => `${expressionOf(dimension)} as key_${index}`);
  const alike = ['model', 'outcome', 'unpriced', 'price_table', 'currency'];
  const sums = summedCounts.map((name) => `sum((usage ->> '${name}')::numeric)::text as "${name}"`);
  const columns = [...keys, ...alike, 'count(*)::text as calls', 'sum(cost)::text as cost', ...sums];
  const text = `select ${columns.join(', ')} from ${table}
    where ($1::text is null or at >= $1::timestamptz) and ($2::text is null or at < $2::timestamptz)
    group by ${[...keys, ...alike].map((_, index) => index + 1).join(', ')}`;
  return { text, params, read: (row: Row) => readCell(row, by.length) };

  function expressionOf(dimension: CostDimension): string {
    switch (dimension) {
      case 'workspace':
      case 'model':
      case 'wire':
        return dimension;
      case 'day':
        return `to_char(at at time zone ${placeFor(timeZone)}, 'YYYY-MM-DD')`;
      default:
        return `tags ->> ${placeFor(tagOf(dimension))}`;
    }
  }
}

function readCell(row: Row, dimensions: number): CostCell {
  const [cost, currency] = [readText(row, 'cost'), readText(row, 'currency')];
  const counts = summedCounts.map((name) => [name, Number(readText(row, name) ?? 0)]);
  const cell = {
    key: Array.from({ length: dimensions }, (_, index) => readText(row, `key_${index}`)),
    model: readText(row, 'model'),
    outcome: readText(row, 'outcome'),
    unpriced: readText(row, 'unpriced'),
    priceTable: readText(row, 'price_table'),
    cost: cost !== undefined && currency !== undefined ? toMoney(cost, currency) : undefined,
    calls: Number(readText(row, 'calls')),
    usage: sumCounts(undefined, Object.fromEntries(counts)),
  };
  // The columns were written from records, so their values are what a record has.
  return Object.fromEntries(
    Object.entries(cell).filter(([, value]) => value !== undefined),
  ) as unknown as CostCell;
}
