import { createSqlStore, readBudget, readCosts, type SqlClient } from '@qwire/workspaces';
import { beforeAll, expect, test } from 'vitest';
import { currencyOf, disagreements } from './disagreements.fixture.ts';
import { type Driven, driveCalls } from './drive-calls.fixture.ts';
import { budgeted, type CallKind, kinds } from './mixed-calls.fixture.ts';
import { priceLine, toUnits } from './price-line.fixture.ts';

/** What each kind of call ends with for its caller. */
const expected: { readonly [kind in CallKind]?: string } = {
  refused: 'invalid-request',
  'not-granted': 'permission-denied',
  broken: 'unavailable',
  'failed-in-stream': 'unavailable',
  'cut-in-stream': 'connection',
  left: 'left',
  'aborted-stream': 'aborted',
  'aborted-chat': 'aborted',
};

const leftKinds: readonly CallKind[] = ['left', 'aborted-stream', 'aborted-chat'];
const brokenKinds: readonly CallKind[] = ['failed-in-stream', 'cut-in-stream'];

/** A machine that has much else to do takes several times as long as one that has not. */
const patienceMs = 240_000;

interface Place {
  readonly database: SqlClient;
  readonly socket?: string;
  readonly count: number;
}

/** What holds of a ledger that processes share while they make calls of all kinds. */
export function testBill(whenLeft: 'cancel' | 'drain', open: () => Promise<Place>): { driven(): Driven } {
  let driven: Driven;
  let place: Place;

  beforeAll(async () => {
    place = await open();
    driven = await driveCalls({ ...place, whenLeft });
  }, patienceMs);

  const numbersOf = (wanted: readonly CallKind[]) =>
    driven.calls.filter(({ kind }) => wanted.includes(kind)).length;
  const incomplete = () => driven.records.filter(({ unpriced }) => unpriced === 'incomplete');

  test('the calls end as they should for their callers', () => {
    const wrong = driven.calls
      .map(({ number, kind }) => [number, kind, driven.results.get(number)] as const)
      .filter(([, kind, result]) => result !== (expected[kind] ?? 'answered'));
    expect(wrong).toEqual([]);
    expect(new Set(driven.calls.map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  test('each call is one record, however often it was tried', () => {
    expect(driven.records).toHaveLength(driven.calls.length);
    const again = numbersOf(['throttled-once', 'broken-once']) + 2 * numbersOf(['broken']);
    // A call that is hung up on may end before its request has arrived.
    const unseen = whenLeft === 'drain' ? 0 : numbersOf(leftKinds);
    expect(driven.requests).toBeGreaterThanOrEqual(driven.calls.length + again - unseen);
    expect(driven.requests).toBeLessThanOrEqual(driven.calls.length + again);
  });

  test('the ledger equals the bill to the last digit: by call, workspace, model and wire', () => {
    expect(disagreements(driven.records, driven.bill)).toEqual([]);
  });

  test('the costs that a report adds up are those of the bill, in each currency', async () => {
    const { groups } = await readCosts(createSqlStore(place.database), { by: ['workspace', 'model'] });
    const ids = new Set(incomplete().map(({ id }) => id));
    for (const { key, costs } of groups) {
      const lines = driven.bill.filter(
        ({ workspaceName, model, requestId }) =>
          workspaceName === key.workspace && model === key.model && !ids.has(requestId),
      );
      const [line] = lines;
      const sum = lines.reduce((total, one) => total + priceLine(one, currencyOf(one)), 0n);
      expect(costs.map(({ amount, currency }) => [toUnits(amount, 12), currency])).toEqual(
        line ? [[sum, currencyOf(line)]] : [],
      );
    }
  });

  test('a budget holds nothing back when all has ended, and has spent no less than the bill', async () => {
    const { spent, reserved } = await readBudget(createSqlStore(place.database), budgeted);
    expect(reserved).toEqual({ amount: '0', currency: 'USD' });
    const lines = driven.bill.filter(({ workspaceName }) => workspaceName === budgeted.workspace);
    const billed = lines.reduce((sum, line) => sum + priceLine(line, 'USD'), 0n);
    expect(toUnits(spent.amount, 12)).toBeGreaterThanOrEqual(billed);
  });

  if (whenLeft === 'drain') {
    test('every kind of token was billed', () => {
      const used = (count: keyof Driven['bill'][number]['usage']) =>
        driven.bill.some(({ usage }) => usage[count] > 0);
      expect(used('cachedInputTokens') && used('cacheCreation5mInputTokens') && used('reasoningTokens')).toBe(
        true,
      );
      expect(
        driven.bill.some(({ explicitCache, usage }) => explicitCache && usage.cachedInputTokens > 0),
      ).toBe(true);
      expect(new Set(driven.bill.map(currencyOf))).toEqual(new Set(['CNY', 'USD']));
    });

    test('what was left is known exactly, and only what broke off is not', () => {
      expect(incomplete()).toHaveLength(numbersOf(brokenKinds));
      expect(incomplete().every(({ outcome }) => outcome === 'failed')).toBe(true);
      const left = driven.records.filter(({ outcome }) => outcome === 'cancelled');
      expect(left).toHaveLength(numbersOf(leftKinds));
      expect(left.every(({ cost }) => cost)).toBe(true);
    });
  } else {
    test('exactly those that were left or broke off are incomplete', () => {
      expect(incomplete()).toHaveLength(numbersOf([...leftKinds, ...brokenKinds]));
      const left = incomplete().filter(({ outcome }) => outcome === 'cancelled');
      expect(left).toHaveLength(numbersOf(leftKinds));
    });
  }

  return { driven: () => driven };
}
