import type { ApiKey, Client, ClientOptions, Interceptor, Region, RegionAlias } from '@qwire/core';
import type { Budget, ThresholdReached } from '../budget/budget.ts';
import type { PriceBook } from '../cost/create-price-book.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { RecordUsageOptions } from '../ledger/record-usage.ts';
import type { CallLimit } from '../limits/call-limit.ts';
import type { SharedLimiter } from '../limits/shared-counter.ts';
import type { sharedMembers } from './client-options.ts';
import type { LimitWindow } from './shared-limits.ts';

/** One workspace under the name that its users know. */
export interface WorkspaceOptions {
  /**
   * A key that was made in this workspace, or a function that returns it, from a secret store for instance. It is asked
   * anew at each try, so keys may rotate while calls run. No environment variable stands in for it.
   */
  readonly apiKey: ApiKey;
  /** Where the key comes from, such as a variable's name: told when there is no key, or none that can be one. */
  readonly apiKeyFrom?: string;
  /** The registry's region unless given. */
  readonly region?: Region | RegionAlias;
  /**
   * The service's id of it, such as `llm-…`; needed in Frankfurt and Tokyo only. `null` names none, also where
   * `DASHSCOPE_WORKSPACE` is set.
   */
  readonly workspaceId?: string | null;
  readonly workspaceIn?: ClientOptions['workspaceIn'];
  /** Replaces the region's address. */
  readonly baseURL?: string;
  /** Models that it may call, `*` standing for any characters; every model unless given. */
  readonly models?: readonly string[];
  readonly budget?: Budget;
  /**
   * What it may send in each window, a minute unless `windowMs` says otherwise. Calls beyond a limit wait for their turn, and all calls go more slowly after the
   * service's refusals; an empty list is for that alone. Nothing waits unless given.
   */
  readonly limits?: readonly CallLimit[];
  /** Routes choose by them, and costs are grouped by them. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a file or the environment says about workspaces; `createWorkspaces` takes it as it is. */
export interface WorkspaceSettings {
  /** Of the workspaces that name none; `DASHSCOPE_API_REGION` unless given. */
  readonly region?: Region | RegionAlias;
  readonly workspaces: Readonly<Record<string, WorkspaceOptions>>;
}

/** An adapter's factory, such as `createDashScope`. */
export type WireFactory<C extends Client = Client> = (options: ClientOptions) => C;

/** A workspace as interceptors see it: without its key. */
export interface NamedWorkspace extends Omit<WorkspaceOptions, 'apiKey' | 'region' | 'tags'> {
  readonly name: string;
  /** Where its calls are answered, if that can be told. */
  readonly region: Region | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A workspace as its calls see it, and as it was given, with its key. */
export interface RegisteredWorkspace {
  readonly workspace: NamedWorkspace;
  readonly given: WorkspaceOptions;
}

type SharedOptions = Pick<ClientOptions, (typeof sharedMembers)[number]>;

/** What every workspace's client is made with. */
export interface WorkspacesOptions<C extends Client = Client> extends WorkspaceSettings, SharedOptions {
  readonly wire: WireFactory<C>;
  /** Where usage and cost are kept; in memory, for as long as the process lives, unless given. */
  readonly ledger?: LedgerStore;
  /** The documented prices unless given. */
  readonly prices?: PriceBook;
  /** What a model takes and gives at most, so that budgets can bound what a call may cost. */
  readonly modelLimits?: RecordUsageOptions['limits'];
  /** Called for the budgets that have no `onThreshold` of their own. */
  readonly onThreshold?: (reached: ThresholdReached) => void | Promise<void>;
  /**
   * Makes the limiter that counts for several processes, for each number in the workspaces' `limits`. They are counted in
   * this process unless given.
   */
  readonly shareLimits?: (window: LimitWindow) => SharedLimiter;
  /** What becomes of calls that are aborted, and of streams that are left; `cancel` unless given. */
  readonly whenLeft?: RecordUsageOptions['whenLeft'];
  /** How long a call is read on after it was left, at most; 2 minutes unless given, `Infinity` for no limit. */
  readonly drainTimeoutMs?: RecordUsageOptions['drainTimeoutMs'];
  /** Receives what the ledger could not keep; printed unless given. */
  readonly onLedgerError?: RecordUsageOptions['onError'];
  /** Of every client; around the list of models, the ledger and the budget. */
  readonly interceptors?: readonly Interceptor[];
  /** More of them for each workspace, between its list of models and the ledger. */
  readonly interceptorsFor?: (workspace: NamedWorkspace) => readonly Interceptor[];
}
