import type { ClientOptions, Interceptor } from '@qwire/core';
import { environmentVariable, invalid, QwireError } from '@qwire/core/adapter-kit';
import { recordUsage } from '../ledger/record-usage.ts';
import { limitCalls } from '../limits/limit-calls.ts';
import { guardModels } from './guard-models.ts';
import { nameErrors } from './name-errors.ts';
import { sharedLimits } from './shared-limits.ts';
import type { NamedWorkspace, RegisteredWorkspace, WorkspacesOptions } from './workspace-options.ts';

/** Options that every workspace's client gets as they are. */
export const sharedMembers = [
  'headers',
  'fetch',
  'maxRetries',
  'timeouts',
  'logger',
  'dangerouslyAllowBrowser',
  'dangerouslyAllowHTTP',
] as const;

/** A registry whose ledger is settled. */
export type WithLedger = WorkspacesOptions & Required<Pick<WorkspacesOptions, 'ledger'>>;

const addressMembers = ['apiKey', 'workspaceId', 'workspaceIn', 'baseURL'] as const;

/**
 * What the factory makes a workspace's client of. A call passes the interceptors from the outside in: the one that names
 * the workspace in errors, the registry's own, the list of models, the workspace's own, its limits, and the ledger with
 * the budget.
 *
 * @throws QwireError of kind `configuration` when the environment would name another workspace for it.
 */
export function clientOptions({ workspace, given }: RegisteredWorkspace, options: WithLedger): ClientOptions {
  refuseSharedId(workspace, options.workspaces);
  const members = {
    ...Object.fromEntries(sharedMembers.map((member) => [member, options[member]])),
    ...Object.fromEntries(addressMembers.map((member) => [member, given[member]])),
    region: given.region ?? options.region,
    interceptors: [
      nameErrors(workspace.name),
      ...(options.interceptors ?? []),
      guardModels(workspace),
      ...interceptorsOf(workspace, options),
      ...limitsOf(workspace, options),
      ledgerOf(workspace, options),
    ],
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function interceptorsOf(workspace: NamedWorkspace, { interceptorsFor }: WithLedger): readonly Interceptor[] {
  const list = interceptorsFor?.(workspace) ?? [];
  if (Array.isArray(list)) return list;
  throw invalid('interceptorsFor', 'must return a list of interceptors', 'configuration');
}

/** Before the ledger, so that calls that wait hold no budget. */
function limitsOf({ name, limits }: NamedWorkspace, { shareLimits }: WithLedger): readonly Interceptor[] {
  if (!limits) return [];
  return [limitCalls({ workspace: name, limits: shareLimits ? sharedLimits(limits, shareLimits) : limits })];
}

/** The last of the interceptors: it sees what is really sent. */
function ledgerOf(
  { name, region, tags, budget }: NamedWorkspace,
  { ledger, prices, modelLimits, whenLeft, drainTimeoutMs, onLedgerError, onThreshold }: WithLedger,
): Interceptor {
  return recordUsage({
    store: ledger,
    workspace: name,
    region,
    tags,
    budget: budget && onThreshold ? { onThreshold, ...budget } : budget,
    ...(prices && { prices }),
    ...(modelLimits && { limits: modelLimits }),
    ...(whenLeft && { whenLeft }),
    ...(drainTimeoutMs !== undefined && { drainTimeoutMs }),
    ...(onLedgerError && { onError: onLedgerError }),
  });
}

/** The variable would name one and the same workspace to the service for all of them. */
function refuseSharedId(
  { name, workspaceId }: NamedWorkspace,
  workspaces: WorkspacesOptions['workspaces'],
): void {
  const isAlone = Object.keys(workspaces).length === 1;
  if (workspaceId !== undefined || isAlone || !environmentVariable('DASHSCOPE_WORKSPACE')) return;
  const field = `workspaces.${name}.workspaceId`;
  throw new QwireError(`${field}: is not given, and DASHSCOPE_WORKSPACE is set`, {
    kind: 'configuration',
    field,
    workspace: name,
    hint: 'DASHSCOPE_WORKSPACE would send the calls of every workspace to the same one: unset it, or give each workspace its own workspaceId, or null for none.',
  });
}
