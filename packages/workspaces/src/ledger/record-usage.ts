import type { CallResult, Interceptor, Next, Region, RegionAlias } from '@qwire/core';
import { checkMembers, invalid, toRegion, unreportedUsage } from '@qwire/core/adapter-kit';
import type { Budget } from '../budget/budget.ts';
import { type BudgetGate, createBudgetGate, type Held } from '../budget/budget-gate.ts';
import { documentedPriceBook, type PriceBook } from '../cost/create-price-book.ts';
import type { TokenLimits } from '../cost/token-limits.ts';
import { isTimeLimit, timeLimitWords } from '../limits/sleep.ts';
import { isModelCall, type ModelCall, type ModelResult, modelResult } from '../model-call.ts';
import type { UsageRecord } from '../usage-record.ts';
import { abortedError } from './aborted-error.ts';
import { createRecord } from './create-record.ts';
import { type Caller, drainWhenLeft } from './drain-when-left.ts';
import { type Ending, endingOf } from './ending.ts';
import type { LedgerStore, Settlement } from './ledger-store.ts';
import { watchEvents } from './watch-events.ts';
import { within } from './within.ts';

export type Tags = Readonly<Record<string, string>>;

export interface RecordUsageOptions {
  readonly store: LedgerStore;
  /** The name under which the calls are kept. */
  readonly workspace: string;
  /** Prices depend on it; without it calls are unpriced. */
  readonly region?: Region | RegionAlias | undefined;
  /** The documented prices unless given. */
  readonly prices?: PriceBook;
  /** Kept with every call, for `costs` to group by; a function may tell calls apart, and return nothing for no tags. */
  readonly tags?: Tags | ((call: ModelCall) => Tags | undefined);
  readonly budget?: Budget | undefined;
  /** What a model takes and gives at most, to bound what a call may cost; such as `catalog.findModel(id)?.facts`. */
  readonly limits?: (model: string) => TokenLimits | undefined;
  /**
   * Receives what went wrong while the call itself went well: the store failed, and the record is not kept, or
   * `onThreshold` threw. Awaited; if it throws, so does the call. Unless given, the error and the record are printed with
   * `console.error`, and the reply is handed over, which is paid for.
   */
  readonly onError?: (error: unknown, record: UsageRecord) => void | Promise<void>;
  /** How long a reply waits for its record to be kept; 10 s unless given, `Infinity` for no limit. Then `onError` is called. */
  readonly storeTimeoutMs?: number;
  /**
   * What becomes of a call whose caller aborts it, or leaves the loop over its stream. `cancel`, unless given, hangs up at
   * once: the service writes no further, and what it charges up to there is not known. `drain` reads on in the background,
   * where nobody sees it, until the service has reported everything: the record is exact, and the whole answer is paid for.
   */
  readonly whenLeft?: 'cancel' | 'drain';
  /**
   * How long a call is read on after it was left, at most; 2 minutes unless given, `Infinity` for no limit. Then it is
   * cancelled.
   */
  readonly drainTimeoutMs?: number;
}

const members = [
  'store',
  'workspace',
  'region',
  'prices',
  'tags',
  'budget',
  'limits',
  'onError',
  'storeTimeoutMs',
  'whenLeft',
  'drainTimeoutMs',
];

/**
 * Writes one usage record for each call, however it ends, before its reply is handed over; of a stream, before its last
 * event is; of a call that is read on after it was left, when that has ended. Holds the calls to a budget. Put it last in
 * the list of interceptors, where it sees what is sent.
 *
 * A call that is refused before the network has no record. The tries of one call are one record.
 *
 * @throws QwireError of kind `configuration` that names the option that is wrong. Calls throw what the budget asks for:
 * kind `budget-exceeded` when it is spent, `configuration` when a call cannot be bounded, `unavailable` when the store failed.
 */
export function recordUsage(options: RecordUsageOptions): Interceptor {
  checkOptions(options);
  const settings = resolve(options);
  return (next) => (call) => {
    // What is aborted is refused by core, and what calls no model costs nothing: there is nothing to reserve or to write.
    if (call.options.signal?.aborted || !isModelCall(call)) return next(call);
    if (settings.whenLeft === 'cancel') return record(call, next, settings);
    const { drainTimeoutMs: timeoutMs } = settings;
    const run = (held: ModelCall, caller: Caller) => record(held, next, { ...settings, caller });
    return drainWhenLeft(call, { run, timeoutMs });
  };
}

type Settled =
  | 'store'
  | 'workspace'
  | 'prices'
  | 'onError'
  | 'storeTimeoutMs'
  | 'whenLeft'
  | 'drainTimeoutMs';

interface Settings extends Required<Pick<RecordUsageOptions, Settled>> {
  readonly region: string | undefined;
  readonly tagsOf: (call: ModelCall) => Tags;
  readonly gate: BudgetGate | undefined;
  /** Of a call that goes on without one. */
  readonly caller?: Caller;
}

function checkOptions(options: RecordUsageOptions): void {
  checkMembers(options, members, { field: '', kind: 'configuration' });
  const { store, workspace, region, prices, whenLeft = 'cancel' } = options;
  expectThat(typeof store?.add === 'function', 'store', 'be a store, such as createMemoryStore()');
  expectThat(typeof workspace === 'string' && workspace !== '', 'workspace', 'be a name');
  expectThat(
    region === undefined || toRegion(region) !== undefined,
    'region',
    'be a region, such as "singapore"',
  );
  expectThat(
    prices === undefined || typeof prices.find === 'function',
    'prices',
    'be a price book, such as createPriceBook()',
  );
  expectThat(['cancel', 'drain'].includes(whenLeft), 'whenLeft', 'be "cancel" or "drain"');
  for (const name of ['storeTimeoutMs', 'drainTimeoutMs'] as const) {
    expectThat(isTimeLimit(options[name] ?? 1), name, `be ${timeLimitWords}`);
  }
  for (const name of ['limits', 'onError'] as const) {
    expectThat(options[name] === undefined || typeof options[name] === 'function', name, 'be a function');
  }
}

function expectThat(holds: boolean, member: string, problem: string): void {
  if (!holds) throw invalid(member, `must ${problem}`, 'configuration');
}

function resolve(options: RecordUsageOptions): Settings {
  const { store, workspace, budget, tags = {}, prices = documentedPriceBook, limits } = options;
  const { onError = printError, storeTimeoutMs = 10_000 } = options;
  const { whenLeft = 'cancel', drainTimeoutMs = 120_000 } = options;
  const region = options.region && toRegion(options.region);
  const reckoning = { prices, region, limitsOf: (model: string) => limits?.(model) };
  const gate = budget && createBudgetGate({ budget, store, workspace, storeTimeoutMs, reckoning });
  const tagsOf = (call: ModelCall) => (typeof tags === 'function' ? tags(call) : tags) ?? {};
  const timeouts = { storeTimeoutMs, drainTimeoutMs };
  return { store, workspace, region, prices, tagsOf, onError, gate, whenLeft, ...timeouts };
}

async function record(call: ModelCall, next: Next, settings: Settings): Promise<CallResult> {
  const close = await open(call, settings);
  if (settings.caller?.hasLeft() ?? call.options.signal?.aborted) {
    // While the budget was asked.
    await close({ outcome: 'cancelled', requestId: undefined, usage: unreportedUsage, isUnsent: true });
    throw abortedError(call.options.signal?.reason);
  }
  let result: ModelResult;
  try {
    result = modelResult(await next(call));
  } catch (error) {
    // onError has seen what went wrong with the record; the call's own error matters more.
    await close(endingOf(error)).catch(() => {});
    throw error;
  }
  if (result.operation === 'stream') return { ...result, events: watchEvents(result, close) };
  const { usage, requestId } = result.response;
  await close({ outcome: 'completed', usage, requestId });
  return result;
}

/** Begins a call: what it returns writes the record. */
async function open(call: ModelCall, settings: Settings): Promise<(ending: Ending) => Promise<void>> {
  const { store, gate, tagsOf, storeTimeoutMs } = settings;
  const at = new Date().toISOString();
  const tags = tagsOf(call);
  const held = await gate?.reserve(call, at);
  const start = performance.now();

  return async (given) => {
    const ending = settings.caller?.endingOf(given) ?? given;
    const durationMs = performance.now() - start;
    const entry = createRecord({ call, ending, at, tags, durationMs }, settings);
    try {
      await within(storeTimeoutMs, settle(entry, ending));
    } catch (error) {
      await settings.onError(error, entry);
    }
  };

  async function settle(entry: UsageRecord, ending: Ending): Promise<void> {
    if (!ending.isUnsent) await store.add(entry, held && settlementOf(held, ending));
    else if (held) await store.release(held.id);
    // Not before: what a lost record may have cost stays reserved.
    held?.letGo();
    if (!ending.isUnsent) await gate?.notice(at);
  }
}

function settlementOf(held: Held, { isFree }: Ending): Settlement {
  return { reservation: held.id, ...(!isFree && { assumed: held.worstCase }) };
}

function printError(error: unknown, record: UsageRecord): void {
  console.error(
    'qwire: a usage record could not be kept, or what follows from it failed',
    error,
    JSON.stringify(record),
  );
}
