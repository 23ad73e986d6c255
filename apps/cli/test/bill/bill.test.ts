import { PGlite } from '@electric-sql/pglite';
import { priceOf, type UsageRecord } from '@qwire/workspaces';
import { afterAll, describe, expect, test } from 'vitest';
import { testBill } from './bill-facts.fixture.ts';
import { disagreements } from './disagreements.fixture.ts';

const databases: PGlite[] = [];
afterAll(() => Promise.all(databases.map((database) => database.close())));

async function open(count: number) {
  const database = new PGlite();
  databases.push(database);
  return { database, count };
}

describe('a thousand calls whose ledger reads what is left to its end', () => {
  const { driven } = testBill('drain', () => open(1_000));

  test.each<[string, (records: readonly UsageRecord[]) => readonly UsageRecord[]]>([
    ['a record that is lost', (records) => records.filter((record) => record !== records.find(isPriced))],
    ['a record that is there twice', (records) => [...records, ...records.slice(0, 1)]],
    [
      'a try that is counted as a call of its own',
      (records) => [...records, ...change(records.filter(isPriced).slice(0, 1), { id: 'again' })],
    ],
    ['cached tokens that are not seen', (records) => records.map(withoutCache)],
    [
      'a cost that is wrong in its last digit',
      (records) => {
        const [first, ...others] = records.filter(isPriced);
        if (!first?.cost) return records;
        const amount = `${first.cost.amount.padEnd(13, '0')}1`;
        const rest = records.filter((record) => !isPriced(record));
        return [...change([first], { cost: { ...first.cost, amount } }), ...others, ...rest];
      },
    ],
  ])('%s is noticed', (_, spoil) => {
    const { records, bill } = driven();
    expect(disagreements(spoil(records), bill).length).toBeGreaterThan(0);
  });
});

function isPriced({ cost }: UsageRecord): boolean {
  return cost !== undefined;
}

function change(records: readonly UsageRecord[], members: Partial<UsageRecord>): readonly UsageRecord[] {
  return records.map((record) => ({ ...record, ...members }));
}

function withoutCache(record: UsageRecord): UsageRecord {
  const { cachedInputTokens = 0, ...usage } = record.usage;
  if (cachedInputTokens === 0) return record;
  const priced = priceOf({ ...record, usage });
  return 'cost' in priced ? { ...record, usage, cost: priced.cost } : record;
}

describe('calls whose ledger hangs up when they are left', () => {
  testBill('cancel', () => open(120));
});
