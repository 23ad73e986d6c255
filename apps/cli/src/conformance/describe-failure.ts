import { type CaseResult, describeDifferences, type SuiteReport } from '@qwire/conformance';
import { colors } from '../colors.ts';

/** A failed case for reading: what it states, what differs, where that is written, and what went over the wire. */
export function describeFailure(
  result: CaseResult,
  { catalog, carriers }: { readonly catalog: SuiteReport['sources']; readonly carriers: readonly string[] },
): string {
  const { verdict, case: id, client, carrier, title, sources, requests } = result;
  const cited = sources.map(({ source, section }) => {
    const { [source]: entry } = catalog;
    return [entry?.url ?? source, section, entry && `read on ${entry.retrievedOn}`]
      .filter(Boolean)
      .join(', ');
  });
  const exchanged = requests.map(({ method, url, body, reply }) => {
    const chunks = reply.chunks.map(({ bytes, atMs }) => `${bytes}@${atMs}ms`).join(' ');
    return `${method} ${url} ${shorten(JSON.stringify(body))}\n  reply ${reply.state} ${shorten(chunks)}`;
  });
  return [
    colors.bold(`${verdict === 'fail' ? 'FAIL' : 'ERROR'} ${id} (${client}, ${carriers.join(' and ')})`),
    title,
    describeDifferences(result),
    ...new Set(cited.map((line) => `source ${line}`)),
    ...exchanged,
    colors.dim(`alone: --filter ${id} --carrier ${carrier}`),
  ].join('\n');
}

function shorten(text = ''): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
