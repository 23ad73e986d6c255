import type { Money } from '../money.ts';
import type { UsageRecord } from '../usage-record.ts';

/** A member to group by. Days are those of the query's time zone; a tag groups by its value. */
export type CostDimension = 'workspace' | 'model' | 'wire' | 'day' | `tag:${string}`;

/** Calls that began in this span. */
export interface Span {
  /** ISO 8601; from the first call unless given. */
  readonly from?: string;
  /** ISO 8601, no longer in the span; to the last call unless given. */
  readonly to?: string;
}

export interface RecordQuery extends Span {
  readonly workspace?: string;
}

export interface CellQuery extends Span {
  readonly by: readonly CostDimension[];
  /** IANA name, such as `Asia/Shanghai`; it says when days begin. */
  readonly timeZone: string;
}

/** The counts of tokens that are added up. */
export const summedCounts = [
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'cachedInputTokens',
  'cacheCreationInputTokens',
  'reasoningTokens',
] as const;

export type SummedCount = (typeof summedCounts)[number];

/** Calls that are alike in everything that a report tells apart, added up. Stores make these; `readCosts` folds them. */
export interface CostCell extends Pick<UsageRecord, 'model' | 'outcome' | 'unpriced' | 'priceTable'> {
  /** One value for each dimension of the query; `undefined` where a record has no such tag. */
  readonly key: readonly (string | undefined)[];
  readonly calls: number;
  /** The sum of what they cost; `undefined` where they have no price. */
  readonly cost?: Money;
  /** Sums of what was reported. */
  readonly usage: Readonly<Record<SummedCount, number>>;
}

/** The span in which one budget holds. */
export interface BudgetPeriod {
  readonly workspace: string;
  readonly currency: string;
  /** ISO 8601, UTC; a whole quarter of an hour, as all time zones have it. */
  readonly from: string;
  /** No longer in the period. */
  readonly to: string;
}

/** What a call may cost at most, put aside while it runs. */
export interface Reservation {
  readonly id: string;
  readonly workspace: string;
  /** When the call began: ISO 8601, UTC. */
  readonly at: string;
  readonly worstCase: Money;
  /** It no longer counts when it was not renewed for so long: its process has died. */
  readonly expiresInMs: number;
}

/** How a reservation ends: the record's cost takes its place. */
export interface Settlement {
  /** The reservation's id. */
  readonly reservation: string;
  /** Counted as spent where the record has no cost, because the call may have been billed nevertheless. */
  readonly assumed?: Money;
}

/** Where a budget stands. */
export interface Standing {
  /** What calls of the period have cost, or may have cost where it is not known. */
  readonly spent: Money;
  /** The worst case of the calls that run. */
  readonly reserved: Money;
}

/**
 * Where records are kept. Every method is atomic, also among processes that share the store, and durable when its promise
 * resolves, as far as the store is.
 */
export interface LedgerStore {
  /** Adds a record and ends its call's reservation. False, and nothing is counted, when the id is there already. */
  add(record: UsageRecord, settlement?: Settlement): Promise<boolean>;
  /** In the order in which the calls began. */
  records(query?: RecordQuery): Promise<readonly UsageRecord[]>;
  cells(query: CellQuery): Promise<readonly CostCell[]>;
  /** Puts the worst case aside, unless all is spent and reserved, or more than the limit would then be. */
  reserve(
    reservation: Reservation,
    limit: { readonly period: BudgetPeriod; readonly limit: Money },
  ): Promise<Standing & { readonly isGranted: boolean }>;
  /** Says that the call still runs. A reservation that has expired meanwhile is there again. */
  renew(reservation: Reservation): Promise<void>;
  /** Ends a reservation whose call was not sent. */
  release(id: string): Promise<void>;
  standing(period: BudgetPeriod): Promise<Standing>;
  /** True for the first to claim the key, in all processes that share the store. */
  claim(key: string): Promise<boolean>;
}
