import { type Client, QwireError } from '@qwire/core';
import { checkMembers, invalid } from '@qwire/core/adapter-kit';
import { checkSettings } from './check-settings.ts';
import { clientOptions, sharedMembers } from './client-options.ts';
import { homeRegion } from './home-region.ts';
import { nearest } from './nearest.ts';
import { findRoute, type Route, type RouteQuery } from './route.ts';
import type { NamedWorkspace, WorkspaceOptions, WorkspacesOptions } from './workspace-options.ts';

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
}

const ownMembers = ['wire', 'region', 'workspaces', 'interceptors', 'interceptorsFor'];

/**
 * A registry of workspaces: whose key, at which address, for which models.
 *
 * @throws QwireError of kind `configuration` that names the member that is unknown, missing or wrong.
 */
export function createWorkspaces<C extends Client>(options: WorkspacesOptions<C>): Workspaces<C> {
  checkOptions(options);
  const entries = Object.entries(options.workspaces);
  const workspaces = new Map(entries.map(([name, each]) => [name, toNamed(name, each, options.region)]));
  const names = [...workspaces.keys()];
  const clients = new Map<string, C>();

  return { names, workspace: clientOf, route };

  function clientOf(name: string): C {
    const made = clients.get(name);
    if (made) return made;
    const workspace = workspaces.get(name);
    const given = options.workspaces[name];
    if (!workspace || !given) throw unknownName(name, names);
    const client = options.wire(clientOptions(workspace, given, options));
    clients.set(name, client);
    return client;
  }

  function route(query: RouteQuery): Route<C> {
    const { name } = findRoute(query, [...workspaces.values()]);
    return { name, client: clientOf(name) };
  }
}

function checkOptions(options: unknown): void {
  checkMembers(options, [...ownMembers, ...sharedMembers], { field: '', kind: 'configuration' });
  if (typeof options.wire !== 'function')
    throw invalid('wire', "must be an adapter's factory, such as createDashScope", 'configuration');
  checkSettings(options, {
    member: 'apiKey',
    what: 'a key, or a function that returns one; no other key stands in for it',
    accepts: (value) => typeof value === 'string' || typeof value === 'function',
  });
}

function toNamed(
  name: string,
  { apiKey: _, tags = {}, ...rest }: WorkspaceOptions,
  region: string | undefined,
): NamedWorkspace {
  return { ...rest, name, tags, region: homeRegion(rest, region) };
}

function unknownName(name: string, names: readonly string[]): QwireError {
  const guess = nearest(name, names);
  const known = names.map((each) => `"${each}"`).join(', ');
  return new QwireError(`There is no workspace "${name}"`, {
    kind: 'configuration',
    field: 'workspace',
    hint: guess === undefined ? `There are ${known}.` : `Did you mean "${guess}"? There are ${known}.`,
  });
}
