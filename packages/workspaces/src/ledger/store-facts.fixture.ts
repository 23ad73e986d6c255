import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { CostQuery } from './cost-report.ts';
import type { BudgetPeriod, LedgerStore, Reservation } from './ledger-store.ts';
import { plainCosts } from './plain-costs.fixture.ts';
import { readCosts } from './read-costs.ts';
import { anyRecord, fullRecord, record } from './records.fixture.ts';

const november: BudgetPeriod = {
  workspace: 'marketing',
  currency: 'USD',
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-12-01T00:00:00.000Z',
};

function usd(amount: string) {
  return { amount, currency: 'USD' };
}

function reservation(id: string, members: Partial<Reservation> = {}): Reservation {
  return {
    id,
    workspace: 'marketing',
    at: '2026-11-05T12:00:00.000Z',
    worstCase: usd('0.4'),
    expiresInMs: 60_000,
    ...members,
  };
}

const limit = { period: november, limit: usd('1') };

/** What holds of every store. Each test gets an empty one. */
export function testStore(createStore: () => Promise<LedgerStore>): void {
  afterEach(() => void vi.useRealTimers());

  test('keeps a record as it is', async () => {
    const store = await createStore();
    expect(await store.add(fullRecord)).toBe(true);
    const bare = record({ at: '2026-11-06T00:00:00.000Z' });
    await store.add(bare);
    expect(await store.records()).toStrictEqual([fullRecord, bare]);
  });

  test('a second record of the same id changes nothing', async () => {
    const store = await createStore();
    await store.add(fullRecord);
    expect(await store.add({ ...fullRecord, model: 'other', cost: usd('9') })).toBe(false);
    expect(await store.records()).toEqual([fullRecord]);
    expect((await store.standing(november)).spent).toEqual(usd('0.000424'));
  });

  test('finds records of a workspace and a span, in the order in which the calls began', async () => {
    const store = await createStore();
    const at = (time: string, workspace = 'marketing') =>
      record({ id: `${workspace} ${time}`, at: time, workspace });
    const [first, second, third] = [
      at('2026-11-01T00:00:00.000Z'),
      at('2026-11-01T00:00:00.001Z'),
      at('2026-11-02T00:00:00.000Z'),
    ];
    const other = at('2026-11-01T00:00:00.000Z', 'default');
    for (const one of [third, second, other, first]) await store.add(one);
    expect(await store.records()).toEqual([other, first, second, third]);
    expect(await store.records({ workspace: 'default' })).toEqual([other]);
    const span = { workspace: 'marketing', from: '2026-11-01T00:00:00.001Z', to: '2026-11-02T00:00:00.000Z' };
    expect(await store.records(span)).toEqual([second]);
  });

  test('puts worst cases aside up to the limit and no further', async () => {
    const store = await createStore();
    expect(await store.reserve(reservation('a'), limit)).toMatchObject({ isGranted: true });
    expect(await store.reserve(reservation('b'), limit)).toMatchObject({
      isGranted: true,
      reserved: usd('0.4'),
    });
    expect(await store.reserve(reservation('c'), limit)).toEqual({
      isGranted: false,
      spent: usd('0'),
      reserved: usd('0.8'),
    });
    expect(await store.reserve(reservation('d', { worstCase: usd('0.2') }), limit)).toMatchObject({
      isGranted: true,
    });
    expect((await store.standing(november)).reserved).toEqual(usd('1'));
    expect(await store.reserve(reservation('e', { worstCase: usd('0') }), limit)).toMatchObject({
      isGranted: false,
    });
  });

  test('the cost of a call takes the place of its reservation', async () => {
    const store = await createStore();
    await store.reserve(reservation('a'), limit);
    await store.add(record({ cost: usd('0.1') }), { reservation: 'a', assumed: usd('0.4') });
    expect(await store.standing(november)).toEqual({ spent: usd('0.1'), reserved: usd('0') });
  });

  test('a cost that is not known counts as what is assumed, and as nothing without', async () => {
    const store = await createStore();
    for (const id of ['a', 'b']) await store.reserve(reservation(id), limit);
    await store.add(record(), { reservation: 'a', assumed: usd('0.4') });
    await store.add(record(), { reservation: 'b' });
    expect(await store.standing(november)).toEqual({ spent: usd('0.4'), reserved: usd('0') });
    expect((await readCosts(store)).total).toMatchObject({ calls: 2, costs: [] });
  });

  test('a reservation of a call that was not sent is let go of', async () => {
    const store = await createStore();
    await store.reserve(reservation('a'), limit);
    await store.release('a');
    expect((await store.standing(november)).reserved).toEqual(usd('0'));
  });

  test('a reservation counts until it expires, and again when it is renewed', async () => {
    const store = await createStore();
    const [dead, alive] = [reservation('a', { expiresInMs: -1 }), reservation('b', { expiresInMs: 60_000 })];
    await store.reserve(dead, limit);
    await store.reserve(alive, limit);
    expect((await store.standing(november)).reserved).toEqual(usd('0.4'));
    await store.renew({ ...dead, expiresInMs: 60_000 });
    expect((await store.standing(november)).reserved).toEqual(usd('0.8'));
    await store.renew({ ...alive, expiresInMs: -1 });
    expect((await store.standing(november)).reserved).toEqual(usd('0.4'));
  });

  test('a budget counts what belongs to its workspace, currency and period', async () => {
    const store = await createStore();
    const others = [
      { workspace: 'default' },
      { at: '2026-10-31T23:59:59.999Z' },
      { at: '2026-12-01T00:00:00.000Z' },
    ];
    for (const [index, members] of others.entries()) {
      await store.renew(reservation(`other-${index}`, members));
      await store.add(record({ cost: usd('5'), ...members }));
    }
    await store.renew(reservation('yuan', { worstCase: { amount: '3', currency: 'CNY' } }));
    await store.add(record({ cost: { amount: '5', currency: 'CNY' } }));
    for (const at of ['2026-11-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z']) {
      await store.renew(reservation(at, { at }));
      await store.add(record({ at, cost: usd('0.01') }));
    }
    expect(await store.standing(november)).toEqual({ spent: usd('0.02'), reserved: usd('0.8') });
  });

  test('a budget of a zone that is a quarter of an hour off counts from its own midnight', async () => {
    const store = await createStore();
    const nepal = { ...november, from: '2026-10-31T18:15:00.000Z', to: '2026-11-30T18:15:00.000Z' };
    const edges = ['2026-10-31T18:14:59.999Z', nepal.from, '2026-11-30T18:14:59.999Z', nepal.to];
    for (const [index, at] of edges.entries())
      await store.add(record({ at, cost: usd(`1${'0'.repeat(index)}`) }));
    expect((await store.standing(nepal)).spent).toEqual(usd('110'));
  });

  test('one of many that claim a key at once is the first', async () => {
    const store = await createStore();
    const claims = await Promise.all(Array.from({ length: 5 }, () => store.claim('key')));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.claim('key')).toBe(false);
    expect(await store.claim('another key')).toBe(true);
  });

  test('adds up what a plain sum over the records adds up', async () => {
    const queries: readonly CostQuery[] = [
      {},
      { by: ['workspace', 'model', 'day'] },
      { by: ['wire', 'tag:team'], from: '2026-10-31', to: '2026-11-02' },
      { by: ['day', "tag:it's $1", 'tag:__proto__'], timeZone: 'Asia/Kathmandu' },
      { by: ['day'], timeZone: 'America/New_York', from: '2026-11-01', to: new Date('2026-11-02T04:59:00Z') },
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 30 }), async (records) => {
        const store = await createStore();
        for (const one of records) await store.add(one);
        for (const query of queries)
          expect(await readCosts(store, query)).toEqual(plainCosts(records, query));
      }),
      { numRuns: 20 },
    );
  });
}
