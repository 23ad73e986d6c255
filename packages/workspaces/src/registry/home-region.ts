import type { Region } from '@qwire/core';
import { environmentVariable, regions, toRegion } from '@qwire/core/adapter-kit';
import type { WorkspaceOptions } from './workspace-options.ts';

/**
 * The region that answers the workspace's calls: the base URL's when it is one of the service's, else the one that is
 * named. `undefined` when nothing tells.
 */
export function homeRegion(
  { baseURL, region }: Pick<WorkspaceOptions, 'baseURL' | 'region'>,
  shared: string | undefined,
): Region | undefined {
  const name = region ?? shared ?? environmentVariable('DASHSCOPE_API_REGION');
  return regionOfHost(baseURL) ?? (name === undefined ? undefined : toRegion(name));
}

/** The host of an address; `undefined` for none, or what is no address. */
export function hostOf(baseURL: string | undefined): string | undefined {
  return baseURL !== undefined && URL.canParse(baseURL) ? new URL(baseURL).hostname : undefined;
}

function regionOfHost(baseURL: string | undefined): Region | undefined {
  const host = hostOf(baseURL);
  if (host === undefined) return undefined;
  const shared = Object.entries(regions).find(([, { sharedHost }]) => sharedHost === host)?.[0];
  const own = /\.([a-z]+-[a-z]+-?\d*)\.maas\.aliyuncs\.com$/.exec(host)?.[1];
  const id = shared ?? own;
  return id === undefined ? undefined : toRegion(id);
}
