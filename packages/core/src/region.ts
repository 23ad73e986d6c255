/**
 * Where the service runs, with the host that all workspaces of the region share. A region without one is reached through
 * a workspace's own host only.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/regions
 */
export const regions = {
  'ap-southeast-1': { alias: 'singapore', sharedHost: 'dashscope-intl.aliyuncs.com', workspaceHost: true },
  'cn-beijing': { alias: 'beijing', sharedHost: 'dashscope.aliyuncs.com', workspaceHost: true },
  // Documents disagree on whether Virginia has workspace hosts, so the header is used there.
  'us-east-1': { alias: 'virginia', sharedHost: 'dashscope-us.aliyuncs.com', workspaceHost: false },
  'eu-central-1': { alias: 'frankfurt', sharedHost: undefined, workspaceHost: true },
  'cn-hongkong': { alias: 'hongkong', sharedHost: 'cn-hongkong.dashscope.aliyuncs.com', workspaceHost: true },
  'ap-northeast-1': { alias: 'tokyo', sharedHost: undefined, workspaceHost: true },
} as const;

/** The service's own id of a region. */
export type Region = keyof typeof regions;
/** The name of the place, which is easier to remember. */
export type RegionAlias = (typeof regions)[Region]['alias'];

/** The region id of an id or alias; `undefined` when there is no such region. */
export function toRegion(name: string): Region | undefined {
  const wanted = name.trim().toLowerCase();
  for (const [id, { alias }] of Object.entries(regions)) {
    if (id === wanted || alias === wanted) return id as Region;
  }
  return undefined;
}
