import { QwireError } from '@qwire/core/adapter-kit';
import { addMoney, compareMoney, toMoney } from '../cost/money-arithmetic.ts';
import type { BudgetPeriod, LedgerStore, Reservation, Standing } from '../ledger/ledger-store.ts';
import { within } from '../ledger/within.ts';
import type { ModelCall } from '../model-call.ts';
import type { Money } from '../money.ts';
import { amountAt, type Budget, budgetPeriod, checkBudget } from './budget.ts';
import { currencyOf, type Reckoning, worstCaseOf } from './worst-case-of.ts';

/** Keeps the calls of one workspace within its budget. */
export interface BudgetGate {
  /**
   * Puts aside what a call costs at most, if the budget is hard.
   * @throws QwireError of kind `budget-exceeded`; of kind `configuration` when the cost cannot be bounded, or is in
   * another currency; of kind `unavailable` when the store failed. Nothing was sent.
   */
  reserve(call: ModelCall, at: string): Promise<Held | undefined>;
  /** Calls `onThreshold` for what was reached in the period of the given moment. @throws what it or the store throws. */
  notice(at: string): Promise<void>;
}

/** A reservation that is renewed until it is let go of. */
export interface Held {
  readonly id: string;
  readonly worstCase: Money;
  letGo(): void;
}

interface Parts {
  readonly budget: Budget;
  readonly store: Pick<LedgerStore, 'reserve' | 'renew' | 'standing' | 'claim'>;
  readonly workspace: string;
  /** How long a call waits for the store. */
  readonly storeTimeoutMs: number;
  readonly reckoning: Omit<Reckoning, 'at'>;
}

/** How long a reservation outlives its process, and how often a living one renews it. */
const expiresInMs = 60_000;
const renewEveryMs = 15_000;

/** @throws QwireError of kind `configuration` for a budget that is none. */
export function createBudgetGate({
  store,
  workspace,
  storeTimeoutMs,
  reckoning,
  ...parts
}: Parts): BudgetGate {
  const budget = checkBudget(parts.budget);
  const { limit } = budget;
  /** What this process knows to be noticed already, so that the store is asked less. */
  const noticed = new Set<string>();

  return { reserve, notice };

  async function reserve(call: ModelCall, at: string): Promise<Held | undefined> {
    checkCurrency(call, at);
    if (!budget.hard) return undefined;
    const worstCase = boundOf(call, at);
    const period = budgetPeriod(budget, { workspace, at: Date.parse(at) });
    const reservation = { id: crypto.randomUUID(), workspace, at, worstCase, expiresInMs };
    const asked = within(storeTimeoutMs, store.reserve(reservation, { period, limit }));
    const { isGranted, ...standing } = await asked.catch(unavailable);
    if (!isGranted) throw exceeded(standing, worstCase, period);
    return hold(reservation);
  }

  /** What costs something in another currency would never fill the budget, whatever it says about unknown costs. */
  function checkCurrency(call: ModelCall, at: string): void {
    const currency = currencyOf(call, { ...reckoning, at });
    if (currency === undefined || currency === limit.currency) return;
    const { model } = call.request;
    throw new QwireError(
      `The budget of workspace "${workspace}" cannot count calls of ${model}: its prices are in ${currency}, the budget is in ${limit.currency}`,
      {
        kind: 'configuration',
        field: 'budget.currency',
        workspace,
        hint: `Give the budget in ${currency}, or your own prices in ${limit.currency} with createPriceBook({ overrides }).`,
      },
    );
  }

  function boundOf(call: ModelCall, at: string): Money {
    const found = worstCaseOf(call, { ...reckoning, at });
    if (typeof found !== 'string') return found;
    if (budget.whenUnknown === 'allow') return toMoney(0, limit.currency);
    throw new QwireError(`The budget of workspace "${workspace}" cannot bound this call: ${found}`, {
      kind: 'configuration',
      workspace,
      hint: 'Calls of unknown cost are let through with whenUnknown: "allow" in the budget; they may then exceed it.',
    });
  }

  function hold(reservation: Reservation): Held {
    // The next renewal makes up for one that fails.
    const timer = setInterval(() => void store.renew(reservation).catch(() => {}), renewEveryMs);
    unref(timer);
    const { id, worstCase } = reservation;
    return { id, worstCase, letGo: () => clearInterval(timer) };
  }

  async function notice(at: string): Promise<void> {
    const { onThreshold } = budget;
    if (!onThreshold) return;
    const period = budgetPeriod(budget, { workspace, at: Date.parse(at) });
    const open = budget.thresholds.filter((threshold) => !noticed.has(keyOf(period, threshold)));
    if (open.length === 0) return;
    const { spent } = await store.standing(period);
    for (const threshold of open) {
      if (compareMoney(spent, amountAt(budget, threshold)) < 0) continue;
      const key = keyOf(period, threshold);
      const isFirst = await store.claim(key);
      noticed.add(key);
      if (!isFirst) continue;
      const { from, to } = period;
      await onThreshold({ workspace, threshold, spent, limit, from, to });
    }
  }

  function keyOf({ from, to }: BudgetPeriod, threshold: number): string {
    return JSON.stringify(['budget', workspace, from, to, limit.amount, limit.currency, threshold]);
  }

  function unavailable(cause: unknown): never {
    throw new QwireError(`The budget of workspace "${workspace}" could not be asked: its store failed`, {
      kind: 'unavailable',
      workspace,
      retryable: true,
      cause,
    });
  }

  function exceeded({ spent, reserved }: Standing, worstCase: Money, { to }: BudgetPeriod): QwireError {
    const fitsLater = compareMoney(addMoney(spent, worstCase), limit) <= 0 && compareMoney(spent, limit) < 0;
    const budgetOf = `The budget of workspace "${workspace}", ${limit.amount} ${limit.currency} a ${budget.per}`;
    return new QwireError(
      `${budgetOf}, has no room for this call: ${spent.amount} is spent, ${reserved.amount} is reserved by calls that run, and this one may cost ${worstCase.amount}`,
      {
        kind: 'budget-exceeded',
        workspace,
        retryable: fitsLater,
        hint: fitsLater
          ? 'Calls that run now may cost less than is reserved for them: try again when one has ended.'
          : `The next ${budget.per} begins at ${to}. Raise the budget, or bound the call with a smaller maxTokens.`,
      },
    );
  }
}

/** A timer alone keeps no process of Node alive; elsewhere there is nothing to do. */
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') {
    timer.unref();
  }
}
