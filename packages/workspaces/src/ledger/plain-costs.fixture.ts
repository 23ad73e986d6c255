import type { UsageRecord } from '../usage-record.ts';
import type { CostGroup, CostQuery, CostReport, CostSum } from './cost-report.ts';

/** A report made the slow and obvious way, which shares no code with the real one: one record after the other. */
export function plainCosts(records: readonly UsageRecord[], query: CostQuery): CostReport {
  const { by = [], timeZone = 'UTC' } = query;
  const [from, to] = [moment(query.from, timeZone), moment(query.to, timeZone)];
  const kept = records.filter(({ id }, index) => records.findIndex((other) => other.id === id) === index);
  const inSpan = kept.filter(({ at }) => (!from || at >= from) && (!to || at < to));
  const keyOf = (record: UsageRecord) =>
    Object.fromEntries(by.map((dimension) => [dimension, value(record, dimension, timeZone)]));
  const keys = new Map(
    inSpan.map((record) => [
      JSON.stringify(Object.values(keyOf(record)).map((v) => v ?? null)),
      keyOf(record),
    ]),
  );
  const groups: CostGroup[] = [...keys].map(([text, key]) => ({
    key,
    ...add(
      inSpan.filter((record) => JSON.stringify(Object.values(keyOf(record)).map((v) => v ?? null)) === text),
    ),
  }));
  // A missing tag comes first: no text is less than a space.
  const order = ({ key }: CostGroup) =>
    by.map((dimension) => (key[dimension] === undefined ? '' : ` ${key[dimension]}`)).join('\u0000');
  groups.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return { by, from, to, timeZone, groups, total: add(inSpan) };
}

function moment(value: string | Date | undefined, timeZone: string): string | undefined {
  if (value === undefined) return undefined;
  // Days of the tests, in the zones of the tests.
  const offset: Record<string, string> = { UTC: 'Z', 'America/New_York': '-04:00' };
  return new Date(typeof value === 'string' ? `${value}T00:00:00${offset[timeZone]}` : value).toISOString();
}

function value(record: UsageRecord, dimension: string, timeZone: string): string | undefined {
  if (dimension === 'workspace') return record.workspace;
  if (dimension === 'model') return record.model;
  if (dimension === 'wire') return record.wire;
  if (dimension === 'day') return new Date(record.at).toLocaleDateString('sv-SE', { timeZone });
  return new Map(Object.entries(record.tags)).get(dimension.slice(4));
}

function add(records: readonly UsageRecord[]): CostSum {
  const outcomes = { completed: 0, failed: 0, cancelled: 0 };
  const usage = {
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
    cachedInputTokens: 0,
    cacheCreationInputTokens: 0,
    reasoningTokens: 0,
  };
  const unpriced = new Map<string, CostSum['unpriced'][number]>();
  for (const record of records) {
    outcomes[record.outcome] += 1;
    usage.inputTokens += record.usage.inputTokens ?? 0;
    usage.outputTokens += record.usage.outputTokens ?? 0;
    usage.totalTokens += record.usage.totalTokens ?? 0;
    if (record.cost) continue;
    const { model, outcome, unpriced: reason } = record;
    const place = `${model} ${reason} ${outcome}`;
    unpriced.set(place, { model, reason, outcome, calls: (unpriced.get(place)?.calls ?? 0) + 1 });
  }
  return {
    calls: records.length,
    outcomes,
    costs: ['CNY', 'USD'].flatMap((currency) => sum(records, currency) ?? []),
    unpriced: [...unpriced].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
    usage,
    priceTables: [...new Set(records.flatMap(({ priceTable }) => priceTable ?? []))].sort(),
  };
}

/** In units of the twelfth digit after the point, which no amount of the tests goes beyond. */
function sum(records: readonly UsageRecord[], currency: string) {
  const amounts = records.flatMap(({ cost }) => (cost?.currency === currency ? [cost.amount] : []));
  if (amounts.length === 0) return undefined;
  const units = amounts.map((amount) => {
    const [whole = '', fraction = ''] = amount.split('.');
    return BigInt(whole + fraction.padEnd(12, '0'));
  });
  const digits = String(units.reduce((a, b) => a + b, 0n)).padStart(13, '0');
  const text = `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '');
  return { amount: text, currency };
}
