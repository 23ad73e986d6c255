import { checkMembers, invalid } from '@qwire/core/adapter-kit';
import { beginOfDay, isTimeZone, timeZoneWords } from '../budget/period.ts';
import { isOnCalendar } from '../cost/is-on-calendar.ts';
import { sumMoney } from '../cost/money-arithmetic.ts';
import { sumCounts } from './cells-of.ts';
import type { CostGroup, CostQuery, CostReport, CostSum, UnpricedCalls } from './cost-report.ts';
import type { CostCell, CostDimension, LedgerStore } from './ledger-store.ts';

/**
 * What calls have cost, by group. Each currency has a sum of its own, and calls without a known cost are listed.
 *
 * @throws QwireError of kind `configuration` that names the member of the query that is wrong.
 */
export async function readCosts(
  store: Pick<LedgerStore, 'cells'>,
  query: CostQuery = {},
): Promise<CostReport> {
  const { by, from, to, timeZone } = checkQuery(query);
  const cells = await store.cells({ by, timeZone, ...(from && { from }), ...(to && { to }) });
  const groups = [...groupCells(cells)].map(([, group]) => ({ ...addUp(group), key: keyOf(group, by) }));
  return { by, from, to, timeZone, groups: groups.sort(inOrderOf(by)), total: addUp(cells) };
}

const members = ['by', 'to', 'timeZone', 'from'];

function checkQuery(query: CostQuery) {
  checkMembers(query as unknown, members, { field: '', kind: 'configuration' });
  const { by = [], timeZone = 'UTC' } = query;
  if (!Array.isArray(by)) throw wrong('by', 'must be a list');
  for (const [index, dimension] of by.entries()) {
    if (!isDimension(dimension)) {
      throw wrong(`by[${index}]`, 'must be "workspace", "model", "wire", "day" or "tag:" and a name');
    }
    if (by.indexOf(dimension) < index) throw wrong(`by[${index}]`, `${dimension} is there already`);
  }
  if (!isTimeZone(timeZone)) throw wrong('timeZone', `must be ${timeZoneWords}`);
  const from = readMoment(query.from, 'from', timeZone);
  const to = readMoment(query.to, 'to', timeZone);
  if (from && to && to < from) throw wrong('to', 'must not be before "from"');
  return { by: by as readonly CostDimension[], from, to, timeZone };
}

function isDimension(value: unknown): value is CostDimension {
  return (
    typeof value === 'string' &&
    (['workspace', 'model', 'wire', 'day'].includes(value) || /^tag:./s.test(value))
  );
}

function readMoment(value: string | Date | undefined, field: string, timeZone: string): string | undefined {
  if (value === undefined) return undefined;
  const { time, isDay } =
    value instanceof Date ? { time: value.getTime(), isDay: false } : parseMoment(value);
  if (Number.isNaN(time)) {
    throw wrong(field, 'must be a day such as "2026-11-01", or a moment such as "2026-11-01T08:00:00+08:00"');
  }
  return new Date(isDay ? beginOfDay(time, timeZone) : time).toISOString();
}

const moment = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** JavaScript reads more, such as a time without offset in the machine's zone. */
function parseMoment(text: string): { readonly time: number; readonly isDay: boolean } {
  const [, day = '', clock] = moment.exec(text) ?? [];
  return { time: day && isOnCalendar(day) ? Date.parse(text) : Number.NaN, isDay: clock === undefined };
}

function wrong(field: string, problem: string) {
  return invalid(field, problem, 'configuration');
}

function groupCells(cells: readonly CostCell[]): Map<string, CostCell[]> {
  const groups = new Map<string, CostCell[]>();
  for (const cell of cells) {
    // A missing tag is null in JSON, which no text is.
    const place = JSON.stringify(cell.key);
    groups.set(place, [...(groups.get(place) ?? []), cell]);
  }
  return groups;
}

function addUp(cells: readonly CostCell[]): CostSum {
  const count = (outcome: CostCell['outcome']) =>
    sum(cells.filter((cell) => cell.outcome === outcome).map(({ calls }) => calls));
  const tables = cells.flatMap(({ priceTable }) => (priceTable === undefined ? [] : [priceTable]));
  return {
    calls: sum(cells.map(({ calls }) => calls)),
    outcomes: { completed: count('completed'), failed: count('failed'), cancelled: count('cancelled') },
    costs: sumMoney(cells.flatMap(({ cost }) => cost ?? [])),
    unpriced: listUnpriced(cells),
    usage: cells.reduce((sums, { usage }) => sumCounts(sums, usage), sumCounts(undefined, {})),
    priceTables: [...new Set(tables)].sort(),
  };
}

function listUnpriced(cells: readonly CostCell[]): UnpricedCalls[] {
  const listed = new Map<string, UnpricedCalls>();
  for (const { model, outcome, unpriced: reason, cost, calls } of cells) {
    if (cost) continue;
    const place = JSON.stringify([model, reason, outcome]);
    listed.set(place, { model, reason, outcome, calls: (listed.get(place)?.calls ?? 0) + calls });
  }
  return [...listed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function keyOf([cell]: readonly CostCell[], by: readonly CostDimension[]): CostGroup['key'] {
  return Object.fromEntries(by.map((dimension, index) => [dimension, cell?.key[index]]));
}

/** Calls without a tag come before those with one. */
function inOrderOf(by: readonly CostDimension[]) {
  return (a: CostGroup, b: CostGroup): number => {
    const different = by.find((dimension) => a.key[dimension] !== b.key[dimension]);
    if (different === undefined) return 0;
    const [left, right] = [a.key[different], b.key[different]];
    return left === undefined || (right !== undefined && left < right) ? -1 : 1;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
