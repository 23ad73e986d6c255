import type { Source } from '@qwire/core';
import { asList, asNumber, asRecord, asText } from '@qwire/core/adapter-kit';

/** Pages found by web search, from `output.search_info`. */
export function readSources(searchInfo: unknown): readonly Source[] {
  return asList(asRecord(searchInfo).search_results).flatMap(readSource);
}

function readSource(value: unknown): readonly Source[] {
  const { index, url, title, site_name: siteName } = asRecord(value);
  const address = asText(url);
  if (!address) return [];
  const position = asNumber(index);
  return [
    {
      url: address,
      ...(position === undefined ? {} : { index: position }),
      ...(asText(title) ? { title: asText(title) ?? '' } : {}),
      ...(asText(siteName) ? { siteName: asText(siteName) ?? '' } : {}),
    },
  ];
}
