import type { Citation, Scenario, WireName } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';
import type { Verdict } from '../judge.ts';
import type { CaseIndex, ConformanceCase, LoadedReply } from '../load-cases.ts';
import { matrixRows } from './matrix.ts';
import { type CaseResult, failsRun, type ReportedRequest, type SuiteReport } from './suite-report.ts';
import { withoutKey } from './without-key.ts';

/** Everything that the report's page shows. What stands once in the suite stands once here. */
export interface PageData {
  readonly run: Pick<
    SuiteReport,
    | 'suiteVersion'
    | 'casesDigest'
    | 'node'
    | 'msw'
    | 'startedAt'
    | 'durationMs'
    | 'carriers'
    | 'clients'
    | 'problems'
    | 'warnings'
    | 'sources'
  >;
  readonly rows: readonly PageRow[];
  readonly results: readonly PageResult[];
  /** What results refer to by its position, because many hold the same. */
  readonly values: readonly unknown[];
  /** By id. */
  readonly cases: Readonly<Record<string, PageCase>>;
}

/** One behavior; a cell for each client, in the order of the run's clients. */
export interface PageRow {
  readonly behavior: string;
  readonly group: string;
  readonly title: string;
  readonly cells: readonly PageCell[];
  /** Whether the wires show a caller the same. */
  readonly wires: string;
}

export interface PageCell {
  readonly text: string;
  readonly verdict?: Verdict;
  /** Why the client's wire has no such case. */
  readonly because?: string;
  /** Positions in the list of results, one for each carrier. */
  readonly results: readonly number[];
}

/** Position in the list of values. */
export type ValuePosition = number;

export interface PageResult {
  readonly case: string;
  readonly client: string;
  readonly carrier: string;
  readonly verdict: Verdict;
  readonly fails: boolean;
  readonly because?: string;
  readonly differences: readonly Difference[];
  readonly outcome?: ValuePosition;
  readonly requests: readonly PageRequest[];
  readonly durationMs: number;
}

export interface PageRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: ValuePosition;
  readonly body: ValuePosition;
  readonly state: string;
  /** Sizes of the chunks of the reply, and when each was sent. */
  readonly sizes: ValuePosition;
  readonly times: ValuePosition;
}

export interface PageCase {
  readonly title: string;
  readonly wireFormat: WireName;
  readonly level: Scenario['level'];
  readonly status: Scenario['status'];
  readonly provenance: Scenario['provenance'];
  readonly bytes: Scenario['bytes'];
  readonly sources: readonly Citation[];
  readonly call: unknown;
  readonly expect: unknown;
  readonly alsoAllowed: readonly unknown[];
  readonly replies: readonly PageReply[];
}

export type PageReply =
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly end: string;
      readonly body: PageBody;
    }
  | { readonly kind: 'connection-failed' }
  | { readonly kind: 'silence' };

/** Bytes: as text where they are UTF-8, else as Base64. */
export type PageBody = { readonly text: string } | { readonly base64: string };

/** The report and the cases that it was made with, without the key. */
export function pageData(report: SuiteReport, index: Pick<CaseIndex, 'cases' | 'behaviors'>): PageData {
  const { suiteVersion, casesDigest, node, msw, startedAt, durationMs, carriers, clients } = report;
  const { problems, warnings, sources } = report;
  const positions = positionsOf(report.results);
  const pool = createPool();
  const performed = new Set(report.results.map((result) => result.case));
  return {
    run: {
      ...{ suiteVersion, casesDigest, node, msw, startedAt, durationMs, carriers, clients },
      ...{ problems, warnings, sources },
    },
    rows: matrixRows(report).map(({ behavior, cells, parity }) => ({
      behavior,
      group: behavior.split('/', 1)[0] ?? '',
      title: index.behaviors.get(behavior) ?? behavior,
      cells: cells.map(({ text, verdict }, column) => ({
        text,
        ...(verdict ? { verdict } : reasonOf(report.absent, behavior, clients[column]?.wireFormat)),
        results: positions.get(`${clients[column]?.name} ${behavior}`) ?? [],
      })),
      wires: parity,
    })),
    results: report.results.map((result) => toPageResult(result, pool)),
    values: pool.values,
    cases: Object.fromEntries(
      index.cases
        .filter(({ id }) => performed.has(id))
        .map((testCase) => [testCase.id, toPageCase(testCase)]),
    ),
  };
}

function reasonOf(absent: SuiteReport['absent'], behavior: string, wireFormat: WireName | undefined) {
  const entry = absent.find((other) => other.behavior === behavior && other.wireFormat === wireFormat);
  return entry && { because: entry.because };
}

function positionsOf(results: readonly CaseResult[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  results.forEach(({ client, behavior }, position) => {
    const key = `${client} ${behavior}`;
    positions.set(key, [...(positions.get(key) ?? []), position]);
  });
  return positions;
}

interface Pool {
  readonly values: unknown[];
  /** Keeps a value once, and tells where. */
  position(value: unknown): ValuePosition;
}

function createPool(): Pool {
  const values: unknown[] = [];
  const positions = new Map<string, number>();
  return {
    values,
    position(value) {
      const json = JSON.stringify(value);
      const known = positions.get(json);
      if (known !== undefined) return known;
      positions.set(json, values.length);
      return values.push(value) - 1;
    },
  };
}

function toPageResult(result: CaseResult, pool: Pool): PageResult {
  const { client, carrier, verdict, because, differences, outcome, requests, durationMs } = result;
  return {
    case: result.case,
    client,
    carrier,
    verdict,
    fails: failsRun(result),
    ...(because !== undefined && { because }),
    differences,
    ...(outcome && { outcome: pool.position(outcome) }),
    requests: requests.map((request) => toPageRequest(request, pool)),
    durationMs,
  };
}

function toPageRequest({ method, url, headers, body, reply }: ReportedRequest, pool: Pool): PageRequest {
  return {
    method,
    url,
    headers: pool.position(headers),
    body: pool.position(body),
    state: reply.state,
    sizes: pool.position(reply.chunks.map(({ bytes }) => bytes)),
    times: pool.position(reply.chunks.map(({ atMs }) => atMs)),
  };
}

function toPageCase(testCase: ConformanceCase): PageCase {
  const { title, wireFormat, level, status, provenance, bytes, sources, call } = testCase;
  const { expect, alsoAllowed, exchanges } = testCase;
  const replies = exchanges.map(({ reply }) => toPageReply(reply));
  return withoutKey(
    {
      ...{ title, wireFormat, level, status, provenance, bytes, sources, call },
      ...{ expect, alsoAllowed, replies },
    },
    call,
  );
}

function toPageReply(reply: LoadedReply): PageReply {
  if (reply.kind !== 'http') return { kind: reply.kind };
  const { kind, status, headers, body, delivery } = reply;
  return { kind, status, headers, end: delivery.end, body: toPageBody(body) };
}

function toPageBody(body: Uint8Array): PageBody {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { base64: Buffer.from(body).toString('base64') };
  }
}
