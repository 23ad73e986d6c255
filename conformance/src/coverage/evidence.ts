import type { CaseIndex, ConformanceCase, LoadedExchange } from '../load-cases.ts';
import type { ChatFact, EvidenceKind } from './chat-fact-schema.ts';
import { replyDocuments } from './reply-documents.ts';
import { hasPath, parsePath } from './wire-paths.ts';

type Shows = (testCase: ConformanceCase, item: string) => boolean;

/** Whether a case shows what an entry claims, as far as its data tell. Whether a reply's member is read needs a client. */
export const shows: Readonly<Record<Exclude<EvidenceKind, 'absent'>, Shows>> = {
  sends: (testCase, item) => requests(testCase).some(({ body }) => hasPath(body, parsePath(item))),
  sendsHeaders: (testCase, item) =>
    requests(testCase).some(({ headers, requireHeaders }) => hasHeader(item, headers, requireHeaders)),
  omits: (testCase, item) =>
    requests(testCase).some(
      ({ body, bodyMatch, forbidBodyPaths }) =>
        forbidBodyPaths.includes(item) ||
        (body !== undefined && bodyMatch === 'exact' && !hasPath(body, parsePath(item))),
    ),
  omitsHeaders: (testCase, item) =>
    requests(testCase).some(({ forbidHeaders }) => forbidHeaders.includes(item)),
  calls: (testCase, item) => requests(testCase).some(({ url }) => url.endsWith(item)),
  reads: hasReplyPath,
  readsHeaders: hasReplyHeader,
  ignores: hasReplyPath,
  ignoresHeaders: hasReplyHeader,
  bytes: (testCase, item) =>
    replies(testCase).some(({ body }) => new TextDecoder().decode(body).includes(item)),
  guards: ({ guards }, item) => guards.includes(item),
  fails: ({ expect: { ended, error } }, item) => {
    const [kind, code] = item.split(' ');
    return ended === 'failed' && error?.kind === kind && (code === undefined || error?.code === code);
  },
};

/** The wire's cases that an entry names; a name of none is a problem. */
export function namedCases(
  fact: ChatFact,
  wireCases: readonly ConformanceCase[],
): { readonly found: readonly ConformanceCase[]; readonly missing: readonly string[] } {
  const names = 'cases' in fact ? (fact.cases ?? []) : [];
  const found = wireCases.filter(
    ({ behavior, status }) => status !== 'withdrawn' && names.includes(behavior),
  );
  return { found, missing: names.filter((name) => !found.some(({ behavior }) => behavior === name)) };
}

export function isAbsent({ absent }: CaseIndex, wire: string, behavior: string): boolean {
  return absent.some((entry) => entry.wireFormat === wire && entry.behavior === behavior);
}

/** Whether a case refuses its call: nothing is sent, and the error is about the request or the client's options. */
export function isRefusal({ exchanges, expect: { ended, error } }: ConformanceCase): boolean {
  return (
    exchanges.length === 0 &&
    ended === 'failed' &&
    (error?.kind === 'invalid-request' || error?.kind === 'configuration')
  );
}

export type HttpReply = Extract<LoadedExchange['reply'], { kind: 'http' }>;

export function replies({ exchanges }: ConformanceCase): readonly HttpReply[] {
  return exchanges.flatMap(({ reply }) => (reply.kind === 'http' ? [reply] : []));
}

export function requests({ exchanges }: ConformanceCase): readonly LoadedExchange['request'][] {
  return exchanges.map(({ request }) => request);
}

function hasReplyPath(testCase: ConformanceCase, item: string): boolean {
  const path = parsePath(item);
  return replies(testCase).some(({ body }) => replyDocuments(body).some((json) => hasPath(json, path)));
}

function hasReplyHeader(testCase: ConformanceCase, item: string): boolean {
  return replies(testCase).some(({ headers }) => hasHeader(item, headers));
}

function hasHeader(
  item: string,
  headers: Readonly<Record<string, string>>,
  present: readonly string[] = [],
): boolean {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(item) ?? [];
  if (value !== undefined) return headers[name] === value;
  return headers[name] !== undefined || present.includes(name);
}
