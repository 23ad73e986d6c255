import { type ClientOptions, type Region, type RegionAlias, regions } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import type { Target } from './target.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The service itself, with the key and region from the environment.
 * @throws TypeError that names every variable that is missing or wrong.
 */
export function openLiveTarget(environment: Environment): Target {
  const apiKey = environment.DASHSCOPE_API_KEY?.trim();
  const region = environment.DASHSCOPE_API_REGION?.trim();
  const workspaceId = environment.DASHSCOPE_WORKSPACE?.trim() || undefined;
  const missing = [
    ...(apiKey ? [] : ['DASHSCOPE_API_KEY (a key of the workspace to call)']),
    ...(region ? [] : [`DASHSCOPE_API_REGION (one of ${regionNames.join(', ')})`]),
  ];
  if (!apiKey || !region) throw new TypeError(`--live needs ${missing.join(' and ')} in the environment.`);
  if (!isRegion(region)) {
    throw new TypeError(
      `DASHSCOPE_API_REGION: there is no region ${region}. Known: ${regionNames.join(', ')}.`,
    );
  }
  const options: ClientOptions = { apiKey, region, ...(workspaceId === undefined ? {} : { workspaceId }) };
  return {
    service: `Model Studio in ${region}. Calls are billed to the workspace.`,
    workspaces: [
      {
        name: workspaceId ?? 'workspace of the key',
        id: workspaceId,
        clients: [
          createOpenAICompatible({ ...options, ...baseURL(environment.DASHSCOPE_COMPATIBLE_BASE_URL) }),
          createDashScope({ ...options, ...baseURL(environment.DASHSCOPE_HTTP_BASE_URL) }),
        ],
      },
    ],
    close: () => Promise.resolve(),
  };
}

function baseURL(value: string | undefined): Pick<ClientOptions, 'baseURL'> {
  return value?.trim() ? { baseURL: value.trim() } : {};
}

const regionNames = Object.values(regions).map(({ alias }) => alias);

function isRegion(name: string): name is Region | RegionAlias {
  return name in regions || regionNames.some((alias) => alias === name);
}
