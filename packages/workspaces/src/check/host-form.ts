import { hostOf } from '../registry/home-region.ts';

/** Whose a host is: the service's for pay as you go, the service's for one plan, or somebody else's. */
export type HostForm = 'ordinary' | 'plan' | 'other';

/** @see https://www.alibabacloud.com/help/en/model-studio/coding-plan-faq */
export function hostForm(baseURL: string | undefined): HostForm {
  const host = hostOf(baseURL);
  if (host === undefined) return 'ordinary';
  if (/^coding(-intl)?\.dashscope\.aliyuncs\.com$|^token-plan\./.test(host)) return 'plan';
  return host.endsWith('.aliyuncs.com') ? 'ordinary' : 'other';
}
