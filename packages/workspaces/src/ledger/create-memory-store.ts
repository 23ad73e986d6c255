import { quarterHourOf } from '../budget/quarter-hour.ts';
import { addMoney, compareMoney, sumMoney, toMoney } from '../cost/money-arithmetic.ts';
import type { Money } from '../money.ts';
import type { UsageRecord } from '../usage-record.ts';
import { cellsOf } from './cells-of.ts';
import type { BudgetPeriod, LedgerStore, Reservation, Span, Standing } from './ledger-store.ts';

/** Keeps records for as long as the process lives, and only in it; it forgets none, so it grows with every call. */
export function createMemoryStore(): LedgerStore {
  const all = new Map<string, UsageRecord>();
  const reservations = new Map<string, { readonly reservation: Reservation; readonly expiresAt: number }>();
  /** By workspace and currency, then by the quarter of an hour in which the calls began. */
  const spending = new Map<string, Map<number, Money>>();
  const claimed = new Set<string>();

  return {
    async add(record, settlement) {
      if (settlement) reservations.delete(settlement.reservation);
      if (all.has(record.id)) return false;
      all.set(record.id, record);
      const cost = record.cost ?? settlement?.assumed;
      if (cost) spend(record, cost);
      return true;
    },
    async records(query = {}) {
      const found = select(query).filter(({ workspace }) => workspace === (query.workspace ?? workspace));
      return found.sort((a, b) => compare(Date.parse(a.at), Date.parse(b.at)) || compare(a.id, b.id));
    },
    async cells(query) {
      return cellsOf(select(query), query);
    },
    async reserve(reservation, { period, limit }) {
      const { spent, reserved } = standing(period);
      const taken = addMoney(spent, reserved);
      const fits = compareMoney(addMoney(taken, reservation.worstCase), limit) <= 0;
      const isGranted = fits && compareMoney(taken, limit) < 0;
      if (isGranted) hold(reservation);
      return { isGranted, spent, reserved };
    },
    async renew(reservation) {
      hold(reservation);
    },
    async release(id) {
      reservations.delete(id);
    },
    async standing(period) {
      return standing(period);
    },
    async claim(key) {
      const isFirst = !claimed.has(key);
      claimed.add(key);
      return isFirst;
    },
  };

  function spend({ workspace, at }: UsageRecord, cost: Money): void {
    const account = accountOf(workspace, cost.currency);
    const byQuarter = spending.get(account) ?? new Map<number, Money>();
    const quarter = quarterHourOf(at);
    const before = byQuarter.get(quarter);
    byQuarter.set(quarter, before ? addMoney(before, cost) : cost);
    spending.set(account, byQuarter);
  }

  function hold(reservation: Reservation): void {
    reservations.set(reservation.id, { reservation, expiresAt: Date.now() + reservation.expiresInMs });
  }

  function standing({ workspace, currency, from, to }: BudgetPeriod): Standing {
    const within = (moment: number) => moment >= Date.parse(from) && moment < Date.parse(to);
    const spent = [...(spending.get(accountOf(workspace, currency)) ?? [])]
      .filter(([quarter]) => within(quarter))
      .map(([, amount]) => amount);
    const reserved = [...reservations.values()]
      .filter(({ expiresAt }) => expiresAt > Date.now())
      .map(({ reservation }) => reservation)
      .filter((held) => held.workspace === workspace && held.worstCase.currency === currency)
      .filter((held) => within(Date.parse(held.at)))
      .map((held) => held.worstCase);
    return { spent: total(spent, currency), reserved: total(reserved, currency) };
  }

  function select({ from, to }: Span): UsageRecord[] {
    const [first, end] = [from ? Date.parse(from) : -Infinity, to ? Date.parse(to) : Infinity];
    return [...all.values()].filter(({ at }) => Date.parse(at) >= first && Date.parse(at) < end);
  }
}

function total(amounts: readonly Money[], currency: string): Money {
  return sumMoney(amounts)[0] ?? toMoney(0, currency);
}

function accountOf(workspace: string, currency: string): string {
  return `${currency} ${workspace}`;
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
