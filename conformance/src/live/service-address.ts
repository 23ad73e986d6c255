import { regions, toRegion } from '@qwire/core';
import { type WireName, wireNames, wireRoots } from '../case-schema.ts';
import { wireAddresses } from '../server/wire-addresses.ts';

export interface ServiceAddressOptions {
  /** Wins over all else. */
  readonly baseURL?: string | undefined;
  /** Id or alias. */
  readonly region?: string | undefined;
  readonly workspaceId?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Where the service is. */
export interface ServiceAddress {
  /** Base URL of each wire that has one. */
  readonly wires: Readonly<Partial<Record<WireName, string>>>;
  /** Region id; `undefined` for an address of its own. */
  readonly region: string | undefined;
  /** Added to each request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly workspaceId: string | undefined;
}

const baseURLVariables: Readonly<Record<WireName, string>> = {
  'openai-compatible': 'DASHSCOPE_COMPATIBLE_BASE_URL',
  dashscope: 'DASHSCOPE_HTTP_BASE_URL',
};

/**
 * The service's address by the rules that clients of core have: the option, then the region, then the environment.
 *
 * @throws Error that says what to give.
 */
export function serviceAddress(options: ServiceAddressOptions): ServiceAddress {
  const { baseURL, environment = process.env } = options;
  const workspaceId = options.workspaceId ?? read(environment, 'DASHSCOPE_WORKSPACE');
  const inHeader = workspaceId ? { 'x-dashscope-workspace': workspaceId } : {};
  if (baseURL !== undefined)
    return { wires: wireAddresses(baseURL), region: undefined, headers: inHeader, workspaceId };
  const custom = wireNames.flatMap((wire) => {
    const address = options.region ? undefined : read(environment, baseURLVariables[wire]);
    return address === undefined ? [] : [[wire, completeAddress(address, wire)] as const];
  });
  if (custom.length > 0)
    return { wires: Object.fromEntries(custom), region: undefined, headers: inHeader, workspaceId };
  const name = options.region ?? read(environment, 'DASHSCOPE_API_REGION');
  if (name === undefined) {
    throw new Error(
      'The region is not set, and it is not guessed because a key belongs to one region. Give --region or --base-url, or set DASHSCOPE_API_REGION',
    );
  }
  const id = toRegion(name);
  if (id === undefined) {
    const known = Object.values(regions).map(({ alias }) => alias);
    throw new Error(`The region "${name}" is not known. Known: ${known.join(', ')}`);
  }
  const region = regions[id];
  if (workspaceId && region.workspaceHost)
    return { wires: onHost(`${workspaceId}.${id}.maas.aliyuncs.com`), region: id, headers: {}, workspaceId };
  if (region.sharedHost === undefined) {
    throw new Error(
      `In ${region.alias} each host belongs to one workspace. Give --workspace, or set DASHSCOPE_WORKSPACE`,
    );
  }
  return { wires: onHost(region.sharedHost), region: id, headers: inHeader, workspaceId };
}

function onHost(host: string): Record<WireName, string> {
  return {
    'openai-compatible': `https://${host}${wireRoots['openai-compatible']}`,
    dashscope: `https://${host}${wireRoots.dashscope}`,
  };
}

function completeAddress(address: string, wire: WireName): string {
  const url = URL.parse(address);
  if (!url) throw new Error(`${baseURLVariables[wire]}: ${address} is no URL`);
  return url.origin + (url.pathname.replace(/\/+$/, '') || wireRoots[wire]);
}

function read(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}
