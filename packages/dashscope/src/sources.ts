import type { Source } from '@qwire/core';
import { asIndex, asList, asRecord, asText } from '@qwire/core/adapter-kit';

/** Pages found by web search, from `output.search_info`. */
export function readSources(searchInfo: unknown): readonly Source[] {
  return asList(asRecord(searchInfo).search_results).flatMap(readSource);
}

function readSource(value: unknown): readonly Source[] {
  const source = asRecord(value);
  const url = asText(source.url);
  if (!url) return [];
  const index = asIndex(source.index);
  const title = asText(source.title);
  const siteName = asText(source.site_name);
  return [
    {
      url,
      ...(index === undefined ? {} : { index }),
      ...(title ? { title } : {}),
      ...(siteName && siteName !== nameless ? { siteName } : {}),
    },
  ];
}

/** "None", which the service sends for sites without a name. */
const nameless = '无';
