import { expect, test } from 'vitest';
import type { CostQuery } from './cost-report.ts';
import { createMemoryStore } from './create-memory-store.ts';
import { readCosts } from './read-costs.ts';
import { record } from './records.fixture.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const usage = { inputTokens: 10, outputTokens: 1, totalTokens: 11 };

async function fill() {
  const store = createMemoryStore();
  const priced = { priceTable: '2026-07-02', usage };
  for (const members of [
    { ...priced, cost: usd('0.1'), tags: { team: 'red' } },
    { ...priced, cost: usd('0.2'), tags: { team: 'red' }, outcome: 'cancelled' as const },
    { cost: { amount: '3', currency: 'CNY' }, priceTable: '2026-05-26', tags: { team: 'blue' } },
    { unpriced: 'no-price' as const, model: 'my-own-model', usage },
    { unpriced: 'no-usage' as const, outcome: 'failed' as const },
  ])
    await store.add(record(members));
  return store;
}

test('sums are exact, and each currency has one of its own', async () => {
  const { total } = await readCosts(await fill());
  expect(total.costs).toEqual([{ amount: '3', currency: 'CNY' }, usd('0.3')]);
});

test('calls without a known cost are counted and listed, and in no sum', async () => {
  const { total } = await readCosts(await fill());
  expect(total.calls).toBe(5);
  expect(total.unpriced).toEqual([
    { model: 'my-own-model', reason: 'no-price', outcome: 'completed', calls: 1 },
    { model: 'qwen-plus', reason: 'no-usage', outcome: 'failed', calls: 1 },
  ]);
});

test('a record that does not say why it has no cost is listed too', async () => {
  const store = createMemoryStore();
  const { unpriced: _, ...bare } = record();
  await store.add(bare);
  expect((await readCosts(store)).total.unpriced).toMatchObject([{ reason: undefined, calls: 1 }]);
});

test('says by which price tables it was reckoned, and how calls ended', async () => {
  const { total } = await readCosts(await fill());
  expect(total.priceTables).toEqual(['2026-05-26', '2026-07-02']);
  expect(total.outcomes).toEqual({ completed: 3, failed: 1, cancelled: 1 });
  expect(total.usage).toMatchObject({
    inputTokens: 30,
    outputTokens: 3,
    totalTokens: 33,
    reasoningTokens: 0,
  });
});

test('groups by a tag, calls without it first', async () => {
  const { groups } = await readCosts(await fill(), { by: ['tag:team'] });
  expect(groups.map(({ key, calls, costs }) => [key['tag:team'], calls, costs])).toEqual([
    [undefined, 2, []],
    ['blue', 1, [{ amount: '3', currency: 'CNY' }]],
    ['red', 2, [usd('0.3')]],
  ]);
});

test('a span without calls has no group and a total of nothing', async () => {
  const report = await readCosts(await fill(), {
    by: ['model'],
    from: '2030-01-01',
    timeZone: 'Asia/Shanghai',
  });
  expect(report).toMatchObject({
    from: '2029-12-31T16:00:00.000Z',
    to: undefined,
    timeZone: 'Asia/Shanghai',
    groups: [],
    total: { calls: 0, costs: [], unpriced: [] },
  });
});

test('groups by the wire', async () => {
  const store = await fill();
  await store.add(record({ wire: 'openai-compatible' }));
  const { groups } = await readCosts(store, { by: ['wire'] });
  expect(groups.map(({ key, calls }) => [key.wire, calls])).toEqual([
    ['dashscope', 5],
    ['openai-compatible', 1],
  ]);
});

test('a moment has an offset, and a day none', async () => {
  const query = { from: '2026-11-01T08:00+08:00', to: '2028-02-29', timeZone: 'Asia/Shanghai' };
  const { from, to } = await readCosts(await fill(), query);
  expect([from, to]).toEqual(['2026-11-01T00:00:00.000Z', '2028-02-28T16:00:00.000Z']);
});

test.each<[object, RegExp]>([
  [{ by: 'model' }, /by: must be a list/],
  [{ by: ['model', 'week'] }, /by\[1\]: must be "workspace"/],
  [{ by: ['tag:'] }, /by\[0\]: must be/],
  [{ by: ['day', 'day'] }, /by\[1\]: day is there already/],
  [{ from: 'yesterday' }, /from: must be a day such as/],
  [{ from: '2026-02-30' }, /from: must be/],
  [{ to: '2026-02-30T00:00:00Z' }, /to: must be/],
  [{ to: '2026-11-01T08:00' }, /to: must be/],
  [{ to: '2026-11-01T25:00Z' }, /to: must be/],
  [{ from: '2026-11-02', to: '2026-11-01' }, /to: must not be before "from"/],
  [{ timeZone: 'Mars', from: '2026-11-02' }, /timeZone: must be an IANA name/],
  [{ timeZone: '+08:00' }, /timeZone: must be an IANA name such as "Asia\/Shanghai"/],
  [{ timeZone: 'CET' }, /timeZone: must be an IANA name/],
  [null as unknown as object, /options: must be an object/],
  [5 as unknown as object, /options: must be an object/],
  [{ until: '2026-11-02' }, /until.*Known: by/],
])('refuses the query %j by name', async (query, message) => {
  await expect(readCosts(createMemoryStore(), query as CostQuery)).rejects.toThrow(message);
});
