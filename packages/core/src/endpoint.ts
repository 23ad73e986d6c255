import { invalid } from './check.ts';
import type { ClientOptions } from './client.ts';
import { environmentVariable } from './environment.ts';
import { QwireError } from './qwire-error.ts';
import { regions, toRegion } from './region.ts';
import type { WireFormat } from './wire-format.ts';

/** Where calls go, and the workspace header when the address does not name the workspace. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly baseURL: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly workspace: string | undefined;
}

type EndpointOptions = Pick<
  ClientOptions,
  'baseURL' | 'region' | 'workspaceId' | 'workspaceIn' | 'dangerouslyAllowHTTP'
>;

function regionNames(): string {
  return Object.entries(regions)
    .map(([id, { alias }]) => `${alias} (${id})`)
    .join(', ');
}

/** The workspace's id: the option's, else the environment's; `undefined` also where the option names none. */
export function workspaceOf({ workspaceId }: Pick<ClientOptions, 'workspaceId'>): string | undefined {
  return workspaceId === undefined ? environmentVariable('DASHSCOPE_WORKSPACE') : (workspaceId ?? undefined);
}

/**
 * The address of a wire, from options first, then the environment. Nothing is guessed.
 *
 * @throws QwireError of kind `configuration`, saying what to set.
 */
export function resolveEndpoint(
  wire: Pick<WireFormat, 'root' | 'baseURLVariable'>,
  options: EndpointOptions,
): Endpoint {
  const workspace = workspaceOf(options);
  if (workspace !== undefined && !/^(?!s[kt]-)[A-Za-z0-9_-]+$/.test(workspace)) {
    throw invalid(
      'workspaceId',
      'may hold letters, digits, "-" and "_" only, such as llm-abc123, and is no key',
      'configuration',
    );
  }
  const custom = options.baseURL ?? (options.region ? undefined : environmentVariable(wire.baseURLVariable));
  if (custom !== undefined) {
    if (workspace && options.workspaceIn === 'host') {
      throw invalid(
        'workspaceIn',
        'cannot be "host" beside a base URL; put the workspace into the URL',
        'configuration',
      );
    }
    return {
      baseURL: completeBaseURL(custom, wire.root, options),
      headers: workspaceHeader(workspace),
      workspace,
    };
  }
  const { host, inHeader } = regionalHost(options, workspace);
  return {
    baseURL: `https://${host}${wire.root}`,
    headers: workspaceHeader(inHeader ? workspace : undefined),
    workspace,
  };

  function workspaceHeader(id: string | undefined): Readonly<Record<string, string>> {
    return id ? { 'X-DashScope-WorkSpace': id } : {};
  }
}

function regionalHost(options: EndpointOptions, workspace: string | undefined) {
  const name = options.region ?? environmentVariable('DASHSCOPE_API_REGION');
  if (name === undefined) {
    throw new QwireError('region: is not set, and it is not guessed because a key belongs to one region', {
      kind: 'configuration',
      field: 'region',
      hint: `Set the option "region", or DASHSCOPE_API_REGION, to the region in which the key was made: ${regionNames()}.`,
    });
  }
  const id = toRegion(name);
  // Not quoted: it may be a key in the wrong place.
  if (id === undefined) throw invalid('region', `is not known. Known: ${regionNames()}`, 'configuration');
  const region = regions[id];
  const inHeader = options.workspaceIn ? options.workspaceIn === 'header' : !region.workspaceHost;
  if (workspace && !inHeader) return { host: `${workspace}.${id}.maas.aliyuncs.com`, inHeader };
  if (region.sharedHost === undefined) {
    throw new QwireError(
      `workspaceId: is needed in ${region.alias} (${id}), whose hosts each belong to one workspace`,
      {
        kind: 'configuration',
        field: 'workspaceId',
        hint: 'Set the option "workspaceId", or DASHSCOPE_WORKSPACE, to the id that the console shows in the workspace’s details.',
      },
    );
  }
  return { host: region.sharedHost, inHeader };
}

/** As `URL` writes hosts: in lower case, and an IPv4 address in four numbers however it was given. */
const loopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|(.+\.)?localhost)$/;

/** A base URL without its last slash; one that is only an origin gets the wire's root. */
function completeBaseURL(text: string, root: string, { dangerouslyAllowHTTP }: EndpointOptions): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid('baseURL', 'is not a URL; give one such as https://gateway.example/v1', 'configuration');
  }
  if (!/^https?:$/.test(url.protocol))
    throw invalid('baseURL', 'must begin with https: or http:', 'configuration');
  if (url.protocol === 'http:' && !dangerouslyAllowHTTP && !loopback.test(url.hostname)) {
    throw new QwireError('baseURL: begins with http:, so the key could be read on the way', {
      kind: 'configuration',
      field: 'baseURL',
      hint: 'Use https:, or set dangerouslyAllowHTTP to true. This machine itself is always allowed.',
    });
  }
  if (url.username || url.password) {
    throw invalid('baseURL', 'must not hold a user name or password; use "headers"', 'configuration');
  }
  if (url.search || url.hash) throw invalid('baseURL', 'must not hold a query or fragment', 'configuration');
  // One documented sample spells the international host so; it leads nowhere.
  if (url.hostname.endsWith('aliyuncs-intl.com')) {
    throw invalid('baseURL', 'is misspelled; the host is dashscope-intl.aliyuncs.com', 'configuration');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return url.origin + (path || root);
}
