import type { ChatCall } from '../chat-call.ts';
import type { PlannedReply } from '../plan-reply.ts';

/** `search_info` when pages were found and asked for; after the first frame its lists are empty. */
export function writeSearchInfo(
  reply: PlannedReply,
  call: ChatCall,
  { first } = { first: true },
): { readonly search_info?: unknown } {
  if (!showsSources(reply, call)) return {};
  const { sources } = reply;
  const results = sources.map(({ title, url, siteName }, index) => ({
    index: index + 1,
    title,
    url,
    // The service writes this word where it knows no name.
    site_name: siteName ?? '无',
    icon: '',
  }));
  return { search_info: { search_results: first ? results : [], extra_tool_info: [] } };
}

/** Whether pages were found and asked for. */
export function showsSources(
  { sources }: PlannedReply,
  { search, reportSources }: Pick<ChatCall, 'search' | 'reportSources'>,
): boolean {
  return search && reportSources && sources.length > 0;
}
