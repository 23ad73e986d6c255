import type { Money } from '../money.ts';
import type { UsageRecord } from '../usage-record.ts';
import type { CostDimension, SummedCount } from './ledger-store.ts';

/** What to add up. */
export interface CostQuery {
  /** One group for each combination of values; everything together unless given. */
  readonly by?: readonly CostDimension[];
  /** ISO 8601; a day alone, such as `2026-11-01`, begins in the time zone. From the first call unless given. */
  readonly from?: string | Date;
  /** Like `from`, and no longer in the span. To the last call unless given. */
  readonly to?: string | Date;
  /** IANA name; `UTC` unless given. */
  readonly timeZone?: string;
}

/** Calls whose cost is not known. They are in no sum. */
export interface UnpricedCalls {
  readonly model: string;
  /** `undefined` where a record does not say. */
  readonly reason: UsageRecord['unpriced'];
  readonly outcome: UsageRecord['outcome'];
  readonly calls: number;
}

export interface CostSum {
  readonly calls: number;
  readonly outcomes: Readonly<Record<UsageRecord['outcome'], number>>;
  /** One exact sum for each currency; empty when no call has a known cost. */
  readonly costs: readonly Money[];
  /** Empty when the costs are complete. */
  readonly unpriced: readonly UnpricedCalls[];
  /** Sums of what was reported; calls that reported nothing add nothing. */
  readonly usage: Readonly<Record<SummedCount, number>>;
  /** Dates of the price tables that were applied. */
  readonly priceTables: readonly string[];
}

export interface CostGroup extends CostSum {
  /** By dimension; `undefined` where calls have no such tag. */
  readonly key: Readonly<Record<string, string | undefined>>;
}

export interface CostReport {
  readonly by: readonly CostDimension[];
  /** ISO 8601, UTC. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly timeZone: string;
  /** In the order of their keys. */
  readonly groups: readonly CostGroup[];
  readonly total: CostSum;
}
