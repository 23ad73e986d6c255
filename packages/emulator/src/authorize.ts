import { regions, toRegion } from '@qwire/core';
import type { Workspace } from './chat-call.ts';
import type { ResolvedConfig } from './config.ts';
import { documented } from './refusal.ts';

type ConfiguredWorkspace = ResolvedConfig['workspaces'][number];

/** The id of a region given by id or alias. */
export function regionId(name: string): string {
  return toRegion(name) ?? name;
}

/**
 * The workspace whose key the request carries.
 * @throws Refusal 401 without a key, with an unknown one, or at the host of another region.
 * @see https://www.alibabacloud.com/help/en/model-studio/get-api-key
 */
export function authorize(request: Request, config: ResolvedConfig): ConfiguredWorkspace {
  const key = /^Bearer +(\S+)/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (key === undefined) throw documented('no-api-key');
  const workspace = config.workspaces.find(({ apiKeys }) => apiKeys.includes(key));
  const region = regionOfHost(new URL(request.url).hostname);
  // A key is known in its own region only; elsewhere it is like any wrong one.
  if (workspace === undefined || (region !== undefined && region !== regionId(config.region))) {
    throw documented('invalid-api-key');
  }
  return workspace;
}

/**
 * Holds the key's workspace against the ones that the host and the header name.
 * @throws Refusal 403
 */
export function checkWorkspace(request: Request, workspace: Pick<Workspace, 'id'>): void {
  const hostWorkspace = workspaceHost.exec(new URL(request.url).hostname)?.[1];
  // Host names carry no case.
  if (hostWorkspace !== undefined && hostWorkspace !== workspace.id.toLowerCase()) {
    throw documented('endpoint-access-denied');
  }
  const named = request.headers.get('x-dashscope-workspace');
  if (named !== null && named !== workspace.id) throw documented('workspace-access-denied');
}

const workspaceHost = /^([^.]+)\.([^.]+)\.maas\.aliyuncs\.com$/;

function regionOfHost(hostname: string): string | undefined {
  const shared = Object.entries(regions).find(([, { sharedHost }]) => sharedHost === hostname);
  return shared?.[0] ?? workspaceHost.exec(hostname)?.[2];
}
