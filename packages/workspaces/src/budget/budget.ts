import { checkMembers, invalid } from '@qwire/core/adapter-kit';
import { formatDecimal, multiplyDecimals } from '../cost/decimal.ts';
import { readAmount, toMoney } from '../cost/money-arithmetic.ts';
import type { BudgetPeriod, LedgerStore, Standing } from '../ledger/ledger-store.ts';
import type { Money } from '../money.ts';
import { isTimeZone, periodOf, timeZoneWords } from './period.ts';

/** What a workspace may spend in each day or month. */
export interface Budget {
  /** Text, where digits matter that a number of JavaScript cannot hold. */
  readonly amount: string | number;
  /** ISO 4217, such as `USD`; the currency in which the region's prices are. */
  readonly currency: string;
  readonly per: 'day' | 'month';
  /** IANA name of the zone in which days and months begin, such as `Asia/Shanghai`; `UTC` unless given. */
  readonly timeZone?: string;
  /** Whether calls are refused that might exceed it; true unless given. */
  readonly hard?: boolean;
  /**
   * What a hard budget does with a call whose cost cannot be bounded, because its model has no price here or its tokens
   * no limit: `refuse` unless given. Calls that are allowed are refused only when the whole budget is spent.
   */
  readonly whenUnknown?: 'refuse' | 'allow';
  /** Shares of the amount at which `onThreshold` is called; 0.8 and 1 unless given. */
  readonly thresholds?: readonly number[];
  /**
   * Called once in each period for each threshold, by the process whose call reached it. The reply waits for it. What it
   * throws goes to `onError`.
   */
  readonly onThreshold?: (reached: ThresholdReached) => void | Promise<void>;
}

export interface ThresholdReached {
  readonly workspace: string;
  /** The share of the budget that was reached, such as 0.8. */
  readonly threshold: number;
  readonly spent: Money;
  /** The whole amount. */
  readonly limit: Money;
  /** ISO 8601, UTC. */
  readonly from: string;
  /** When the next period begins. */
  readonly to: string;
}

/** A budget with its amounts read. */
export interface CheckedBudget extends Required<Omit<Budget, 'amount' | 'currency' | 'onThreshold'>> {
  readonly limit: Money;
  readonly onThreshold: Budget['onThreshold'];
}

/** Where a budget stands, and what is left of it. */
export interface BudgetStanding extends Standing {
  readonly limit: Money;
  /** ISO 8601, UTC. */
  readonly from: string;
  /** When the next period begins. */
  readonly to: string;
}

const members = ['amount', 'currency', 'per', 'timeZone', 'hard', 'whenUnknown', 'thresholds', 'onThreshold'];

/** @throws QwireError of kind `configuration` that names the member that is wrong. */
export function checkBudget(budget: Budget): CheckedBudget {
  checkMembers(budget, members, { field: 'budget', kind: 'configuration' });
  const { amount, currency, per, timeZone = 'UTC', hard = true, whenUnknown = 'refuse' } = budget;
  const { thresholds = [0.8, 1], onThreshold } = budget;
  const limit = toMoney(amount, currency);
  expectThat(!limit.amount.startsWith('-'), 'amount', 'not be below 0');
  expectThat(per === 'day' || per === 'month', 'per', 'be "day" or "month"');
  expectThat(isTimeZone(timeZone), 'timeZone', `be ${timeZoneWords}`);
  expectThat(typeof hard === 'boolean', 'hard', 'be true or false');
  expectThat(whenUnknown === 'refuse' || whenUnknown === 'allow', 'whenUnknown', 'be "refuse" or "allow"');
  expectThat(
    Array.isArray(thresholds) && thresholds.every((share) => share > 0 && Number.isFinite(share)),
    'thresholds',
    'be a list of numbers above 0, such as 0.8',
  );
  expectThat(onThreshold === undefined || typeof onThreshold === 'function', 'onThreshold', 'be a function');
  return {
    limit,
    per,
    timeZone,
    hard,
    whenUnknown,
    thresholds: thresholds.toSorted((a, b) => a - b),
    onThreshold,
  };
}

function expectThat(holds: boolean, member: string, problem: string): void {
  if (!holds) throw invalid(`budget.${member}`, `must ${problem}`, 'configuration');
}

/** The span in which a budget holds for a call that begins at the given moment. */
export function budgetPeriod(
  { limit, per, timeZone }: CheckedBudget,
  { workspace, at }: { readonly workspace: string; readonly at: number },
): BudgetPeriod {
  const { from, to } = periodOf(at, { per, timeZone });
  return {
    workspace,
    currency: limit.currency,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
}

/** The amount at a share of the budget. */
export function amountAt({ limit }: CheckedBudget, share: number): Money {
  const amount = multiplyDecimals(readAmount(limit.amount), readAmount(String(share)));
  return { amount: formatDecimal(amount), currency: limit.currency };
}

/**
 * Where a workspace's budget stands now.
 *
 * @throws QwireError of kind `configuration` for a budget that is none.
 */
export async function readBudget(
  store: Pick<LedgerStore, 'standing'>,
  { workspace, budget }: { readonly workspace: string; readonly budget: Budget },
): Promise<BudgetStanding> {
  const checked = checkBudget(budget);
  const period = budgetPeriod(checked, { workspace, at: Date.now() });
  return { ...(await store.standing(period)), limit: checked.limit, from: period.from, to: period.to };
}
