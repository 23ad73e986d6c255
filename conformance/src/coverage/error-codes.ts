import { type WireName, wireNames } from '../case-schema.ts';
import type { CaseIndex, ConformanceCase } from '../load-cases.ts';
import { describeErrorCodes } from './describe-error-codes.ts';
import { type DocumentedErrors, loadDocumentedErrors, type Sending } from './error-code-schema.ts';
import type { Join } from './join.ts';
import { type SentError, sentErrors } from './sent-errors.ts';

/** One thing that the documents say a wire sends, and the cases in which a caller must see it. */
export interface CoveredError {
  /** Such as `Throttling.RateQuota`; `null` for a failure without a code. */
  readonly code: string | null;
  readonly wire: WireName;
  /** Such as `limit_requests 429 in a stream`. */
  readonly sending: string;
  readonly source: string;
  readonly section: string;
  /** The page's own date, else the day on which it was read. */
  readonly date: string;
  /** Behaviors, in order. */
  readonly coveredBy: readonly string[];
}

export interface ErrorCoverage {
  readonly codes: readonly CoveredError[];
  readonly envelopes: readonly CoveredError[];
  /** Codes that no reply to a call holds, with the reason. */
  readonly never: readonly { readonly code: string; readonly because: string }[];
  /** Codes that cases expect of the service, and no entry names. */
  readonly unlisted: readonly string[];
  /** Sources that are not in sources.json. */
  readonly unknownSources: readonly string[];
}

/**
 * Every documented code, on each wire that can send it, with the cases that show it: spelling, status, place and
 * envelope as documented, and an expectation that names the code.
 */
export function joinErrorCodes(index: CaseIndex, documented = loadDocumentedErrors()): ErrorCoverage {
  const shown = index.cases.filter(({ status }) => status !== 'withdrawn').flatMap(shownErrors);
  const codes = documented.codes.flatMap((entry) =>
    wireNames.flatMap((wire) =>
      sendingsOf(entry, wire).map((sent) => {
        const { code = entry.code, source = entry.source } = sent;
        return {
          code: entry.code,
          wire,
          sending: describeSending({ ...sent, code }),
          ...citation(index, source, entry.section),
          coveredBy: shown
            .filter((one) => one.wire === wire && shows(one, { ...sent, code }))
            .map(toBehavior),
        };
      }),
    ),
  );
  const envelopes = documented.envelopes.map(({ title, wire, source, section = '', ...sent }) => ({
    code: null,
    wire,
    sending: title,
    ...citation(index, source, section),
    coveredBy: shown.filter((one) => one.wire === wire && shows(one, sent)).map(toBehavior),
  }));
  const never = documented.codes.flatMap((entry) =>
    'never' in entry ? [{ code: entry.code ?? '', because: entry.never }] : [],
  );
  return {
    codes: codes.map(withoutRepeats),
    envelopes: envelopes.map(withoutRepeats),
    never,
    unlisted: findUnlisted(shown, documented),
    unknownSources: [...codes, ...envelopes]
      .map(({ source }) => source)
      .filter((source) => !Object.hasOwn(index.sources, source)),
  };
}

/** The join of the documented error codes, for the command that prints all joins. */
export const errorCodeJoin: Join = {
  title: 'Documented error codes',
  run(index) {
    const coverage = joinErrorCodes(index);
    return { text: describeErrorCodes(coverage), complete: findGaps(coverage).length === 0 };
  },
};

/** What keeps the join from being complete, one line each. */
export function findGaps({ codes, envelopes, unlisted, unknownSources }: ErrorCoverage): string[] {
  return [
    ...[...codes, ...envelopes]
      .filter(({ coveredBy }) => coveredBy.length === 0)
      .map(({ wire, sending, source }) => `${wire}: ${sending} (${source}) has no case`),
    ...unlisted.map((code) => `${code} is expected by a case and not listed in coverage/error-codes.json`),
    ...unknownSources.map((source) => `${source} is not in sources.json`),
  ];
}

interface ShownError extends SentError {
  readonly wire: WireName;
  readonly behavior: string;
  readonly isInvented: boolean;
}

/** The errors of a case in which a caller must see what the service said: the code, or the kind where there is none. */
function shownErrors(testCase: ConformanceCase): ShownError[] {
  const { wireFormat: wire, behavior, expect, provenance } = testCase;
  if (expect.ended !== 'failed') return [];
  return sentErrors(testCase)
    .filter(({ code }) => code === null || expect.error?.code === code)
    .map((error) => ({ ...error, wire, behavior, isInvented: provenance === 'synthetic' }));
}

function shows(shown: ShownError, sending: Partial<Sending>): boolean {
  const { code, status, place = 'reply', traits = [], message = '' } = sending;
  return (
    (code === undefined || shown.code === code) &&
    (status === undefined || shown.status === status) &&
    shown.place === place &&
    traits.every((trait) => shown.traits.includes(trait)) &&
    shown.message.includes(message)
  );
}

function sendingsOf(entry: DocumentedErrors['codes'][number], wire: WireName): readonly Sending[] {
  return 'never' in entry ? [] : (entry[wire] ?? []);
}

function citation({ sources }: CaseIndex, source: string, section: string) {
  const { [source]: known } = sources;
  return { source, section, date: known?.documentUpdatedOn ?? known?.retrievedOn ?? '' };
}

function describeSending({ code, status, place, traits, message }: Sending): string {
  return [
    code ?? 'no code',
    status,
    place === 'stream' ? 'in a stream' : undefined,
    traits.length > 0 ? `(${traits.join(', ')})` : undefined,
    message === undefined ? undefined : `"${message}"`,
  ]
    .filter((word) => word !== undefined)
    .join(' ');
}

/** Made-up codes stand for codes that are not documented yet; every other one has to be. */
function findUnlisted(shown: readonly ShownError[], { codes }: DocumentedErrors): string[] {
  const listed = new Set(
    codes.flatMap((entry) => [
      entry.code,
      ...wireNames.flatMap((wire) => sendingsOf(entry, wire)).map(({ code }) => code),
    ]),
  );
  const unlisted = shown
    .filter(({ code, isInvented }) => code !== null && !isInvented && !listed.has(code))
    .map(({ code, wire }) => `${wire}: ${code}`);
  return [...new Set(unlisted)];
}

function toBehavior({ behavior }: ShownError): string {
  return behavior;
}

function withoutRepeats(covered: CoveredError): CoveredError {
  return { ...covered, coveredBy: [...new Set(covered.coveredBy)] };
}
