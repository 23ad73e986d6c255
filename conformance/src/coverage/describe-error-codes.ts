import type { CoveredError, ErrorCoverage } from './error-codes.ts';

/** The join as text: how much is covered, then a line for each with its cases, its source and the source's date. */
export function describeErrorCodes(coverage: ErrorCoverage): string {
  const { codes, envelopes, never, unlisted, unknownSources } = coverage;
  return [
    summary(coverage),
    section('In no case', [...codes, ...envelopes].filter(isUncovered).map(toLine)),
    section('Expected by a case and not listed', unlisted),
    section('Sources that are not in sources.json', unknownSources),
    section('Codes', codes.map(toLine)),
    section('Envelopes', envelopes.map(toLine)),
    section(
      'In no reply to a call',
      never.map(({ code, because }) => `${code}: ${because}`),
    ),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function summary({ codes, envelopes, never }: ErrorCoverage): string {
  const named = new Set(codes.map(({ code }) => code).filter((code) => code !== null));
  const open = new Set(codes.filter(isUncovered).map(({ code }) => code));
  const covered = [...named].filter((code) => !open.has(code)).length;
  return [
    `${named.size + never.length} documented codes, ${named.size} of them in replies to calls: ${share(covered, named.size)} covered.`,
    `${codes.length} ways in which a wire sends them: ${share(codes.filter((one) => !isUncovered(one)).length, codes.length)} covered.`,
    `${envelopes.length} envelopes: ${share(envelopes.filter((one) => !isUncovered(one)).length, envelopes.length)} covered.`,
  ].join('\n');
}

function share(part: number, whole: number): string {
  return `${part} (${whole === 0 ? 100 : Math.floor((100 * part) / whole)} %)`;
}

function isUncovered({ coveredBy }: CoveredError): boolean {
  return coveredBy.length === 0;
}

function toLine({ wire, sending, source, section: place, date, coveredBy }: CoveredError): string {
  const [first = 'no case', ...others] = coveredBy;
  const cases = others.length > 0 ? `${first} and ${others.length} more` : first;
  return `${wire}: ${sending}: ${cases} [${[source, place, date].filter(Boolean).join(', ')}]`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : [`${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)].join('\n');
}
