import { type CaseResult, describeDifferences } from '@qwire/conformance';
import { colors } from '../colors.ts';

/** A failed case for reading: what it states, what differs, where that is written, and what went over the wire. */
export function describeFailure(result: CaseResult, findSource: (id: string) => string | undefined): string {
  const { verdict, case: id, client, carrier, title, sources, requests } = result;
  const cited = sources.map(({ source, section }) =>
    [findSource(source) ?? source, section].filter(Boolean).join(', '),
  );
  const exchanged = requests.map(({ method, url, body, reply }) => {
    const chunks = reply.chunks.map(({ bytes, atMs }) => `${bytes}@${atMs}ms`).join(' ');
    return `${method} ${url} ${shorten(JSON.stringify(body))}\n  reply ${reply.state} ${shorten(chunks)}`;
  });
  return [
    colors.bold(`${verdict === 'fail' ? 'FAIL' : 'ERROR'} ${id} (${client}, ${carrier})`),
    title,
    describeDifferences(result),
    ...cited.map((line) => `source ${line}`),
    ...exchanged,
  ].join('\n');
}

function shorten(text = ''): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
