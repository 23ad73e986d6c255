import type { Client } from '@qwire/core';
import { checkMembers, invalid, QwireError, Secret } from '@qwire/core/adapter-kit';
import { type BudgetStanding, readBudget } from '../budget/budget.ts';
import { type CheckOptions, type CheckReport, checkCheckOptions } from '../check/check-options.ts';
import { runCheck } from '../check/run-check.ts';
import type { CostQuery, CostReport } from '../ledger/cost-report.ts';
import { createMemoryStore } from '../ledger/create-memory-store.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import { readCosts } from '../ledger/read-costs.ts';
import { nearest } from '../nearest.ts';
import { aFunction, type Check, checkEach, checkSettings } from './check-settings.ts';
import { clientOptions, sharedMembers, type WithLedger } from './client-options.ts';
import { homeRegion } from './home-region.ts';
import { findRoute, type Route, type RouteQuery } from './route.ts';
import type { RegisteredWorkspace, WorkspaceOptions, WorkspacesOptions } from './workspace-options.ts';

/** Named workspaces, each with a client of its own. */
export interface Workspaces<C extends Client = Client> {
  /** In the order in which they were given. */
  readonly names: readonly string[];
  /**
   * The workspace's client, made when it is first asked for and the same ever after. It refuses models that are not on
   * the workspace's list, and its errors carry the workspace's name.
   *
   * @throws QwireError of kind `configuration` for a name that there is not.
   */
  workspace(name: string): C;
  /**
   * The one workspace that may call the model and has the tags. A list that names the model wins over a pattern that
   * fits it, and a pattern over having no list.
   *
   * @throws QwireError of kind `permission-denied` when none may call it, `configuration` when several are equal.
   */
  route(query: RouteQuery): Route<C>;
  /**
   * One verdict for each workspace and model: may it be called, and if not, who has to do what. Calls that cost are made
   * only when `confirm` says so, and keys are sent to no host but their own unless `tryRegions` names more.
   *
   * @throws QwireError of kind `configuration` for an option that is wrong; what goes wrong with calls is a finding.
   */
  check(options?: CheckOptions): Promise<CheckReport>;
  /**
   * What calls have cost, by workspace, model, wire, day or tag. Each currency has a sum of its own, and calls without a known
   * cost are listed.
   *
   * @throws QwireError of kind `configuration` for a query that is wrong.
   */
  costs(query?: CostQuery): Promise<CostReport>;
  /**
   * Where the workspace's budget stands now; `undefined` when it has none.
   *
   * @throws QwireError of kind `configuration` for a name that there is not.
   */
  budget(name: string): Promise<BudgetStanding | undefined>;
}

const ownMembers = [
  'wire',
  'region',
  'workspaces',
  'ledger',
  'prices',
  'modelLimits',
  'whenLeft',
  'drainTimeoutMs',
  'onLedgerError',
  'onThreshold',
  'shareLimits',
  'interceptors',
  'interceptorsFor',
];

/**
 * A registry of workspaces: whose key, at which address, for which models.
 *
 * @throws QwireError of kind `configuration` that names the member that is unknown, missing or wrong.
 */
export function createWorkspaces<C extends Client>(given: WorkspacesOptions<C>): Workspaces<C> {
  checkOptions(given);
  const ledger = given.ledger ?? createMemoryStore();
  const options = { ...given, ledger };
  const registered = new Map(
    Object.entries(options.workspaces).map(([name, given]) => [name, register(name, given, options.region)]),
  );
  const names = [...registered.keys()];
  const clientOf = clientsOf(options);

  return { names, workspace: clientOf, route, check, costs: (query) => readCosts(ledger, query), budget };

  function find(name: string): RegisteredWorkspace {
    const found = registered.get(name);
    if (!found) throw unknownName(name, names);
    return found;
  }

  /** Makes each client once. */
  function clientsOf(registry: WithLedger): (name: string) => C {
    const clients = new Map<string, C>();
    return (name) => {
      const client = clients.get(name) ?? options.wire(clientOptions(find(name), registry));
      clients.set(name, client);
      return client;
    };
  }

  function route(query: RouteQuery): Route<C> {
    const workspaces = [...registered.values()].map(({ workspace }) => workspace);
    const { name } = findRoute(query, workspaces);
    return { name, client: clientOf(name) };
  }

  async function budget(name: string): Promise<BudgetStanding | undefined> {
    const { budget: own } = find(name).workspace;
    return own && readBudget(ledger, { workspace: name, budget: own });
  }

  async function check(checkOptions: CheckOptions = {}): Promise<CheckReport> {
    checkCheckOptions(checkOptions);
    const subjects = (checkOptions.workspaces ?? names).map(find);
    // Proofs are left for good: to read on would cost more than the plan told.
    const registry = { ...options, whenLeft: 'cancel' } as const;
    const proving = options.whenLeft === 'drain' ? clientsOf(registry) : clientOf;
    return runCheck(subjects, checkOptions, { registry, clientOf: proving });
  }
}

/** Options that are handed on under other names: here they are named as they were given. */
const checks: Partial<Record<keyof WorkspacesOptions, Check>> = {
  ledger: {
    what: 'a store, such as createMemoryStore()',
    accepts: (value) => aFunction.accepts((value as Partial<LedgerStore> | null)?.add),
  },
  modelLimits: aFunction,
  onLedgerError: aFunction,
  onThreshold: aFunction,
  shareLimits: aFunction,
  interceptors: {
    what: 'a list of functions',
    accepts: (value) => Array.isArray(value) && value.every(aFunction.accepts),
  },
  interceptorsFor: aFunction,
};

function checkOptions(options: unknown): void {
  checkMembers(options, [...ownMembers, ...sharedMembers], { field: '', kind: 'configuration' });
  if (typeof options.wire !== 'function')
    throw invalid('wire', "must be an adapter's factory, such as createDashScope", 'configuration');
  checkEach(options, checks);
  checkSettings(options, {
    member: 'apiKey',
    what: 'a key, or a function that returns one; no other key stands in for it',
    accepts: (value) => typeof value === 'string' || typeof value === 'function' || Secret.is(value),
  });
}

function register(name: string, given: WorkspaceOptions, region: string | undefined): RegisteredWorkspace {
  const { apiKey, tags = {}, ...rest } = given;
  const held = typeof apiKey === 'string' ? new Secret(apiKey) : apiKey;
  const workspace = { ...rest, name, tags, region: homeRegion(rest, region) };
  return { workspace, given: { ...given, apiKey: held } };
}

function unknownName(given: unknown, names: readonly string[]): QwireError {
  const name = String(given);
  const guess = nearest(name, names);
  const known = names.map((each) => `"${each}"`).join(', ');
  return new QwireError(`There is no workspace "${name}"`, {
    kind: 'configuration',
    field: 'workspace',
    hint: guess === undefined ? `There are ${known}.` : `Did you mean "${guess}"? There are ${known}.`,
  });
}
