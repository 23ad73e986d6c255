import type { ClientDriver } from '../driver.ts';
import { missingCapability } from '../judge.ts';
import { compareWeakly } from '../live/compare-weakly.ts';
import { type CaseIndex, loadCases } from '../load-cases.ts';
import { suiteVersions } from '../report/suite-report.ts';
import { askServer, type ServerReply } from './ask-server.ts';
import { type AskedCase, loadAskedCases } from './asked-cases.ts';
import { type DocumentedRequest, documentedRequest } from './documented-request.ts';
import { judgeReply } from './judge-reply.ts';
import { performAsked } from './perform-asked.ts';
import { leakedSecret, reportOutcome, withoutSecrets } from './report-outcome.ts';
import type { ReportedExchange, ReportedOutcome, ServerReport, ServerResult } from './server-report.ts';
import { emulatorSetup, type ServerSetup } from './server-setup.ts';
import { wireAddresses } from './wire-addresses.ts';

export interface CheckServerOptions {
  /** Origin, with a path when there is one before `/compatible-mode/v1` and `/api/v1`; or the base URL of one wire. */
  readonly baseURL: string;
  /** What the server knows; the emulator's sample unless given. */
  readonly setup?: ServerSetup;
  /** Clients that perform the same cases; each sees its own wire. */
  readonly drivers?: readonly ClientDriver[];
  /** This package's own unless given. */
  readonly cases?: CaseIndex;
  /** Only cases whose id or title contains this text. */
  readonly filter?: string;
  readonly signal?: AbortSignal;
  /** Silence after which a reply is given up; 30000 unless given. */
  readonly idleLimitMs?: number;
  readonly onResult?: (
    result: ServerResult,
    progress: { readonly done: number; readonly total: number },
  ) => void;
}

/**
 * Asks a server what the scenarios ask, and holds its replies to the documents: the bytes to the documented shapes, and
 * what clients see of them to what a model cannot vary.
 *
 * @throws Error when the address is no URL.
 */
export async function checkServer(options: CheckServerOptions): Promise<ServerReport> {
  const { cases: index = loadCases(), drivers = [], filter, onResult } = options;
  const { signal = new AbortController().signal } = options;
  const startedAt = new Date();
  const bases = wireAddresses(options.baseURL);
  const asked = loadAskedCases(index).filter(
    ({ testCase }) =>
      bases[testCase.wireFormat] !== undefined && matches(filter, testCase.id, testCase.title),
  );
  const results: ServerResult[] = [];
  const problems: string[] = [];
  for (const one of asked) {
    if (signal.aborted || problems.length > 0) break;
    const result = await checkCase(one, {
      ...options,
      signal,
      baseURL: bases[one.testCase.wireFormat] ?? '',
    });
    if (signal.aborted) break;
    results.push(result);
    const unreachable =
      results.length === 1 && result.verdict === 'error' && !result.exchange?.reply && result.because;
    if (unreachable)
      problems.push(
        `${options.baseURL} does not answer: ${unreachable}. "npx qwire emulator" starts a server to try this with`,
      );
    onResult?.(result, { done: results.length, total: asked.length });
  }
  if (asked.length === 0) problems.push(`No case matches ${JSON.stringify(filter)}`);
  return {
    serverReportVersion: 1,
    suiteVersion: suiteVersions().suiteVersion,
    casesDigest: index.digest,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    server: options.baseURL,
    clients: drivers.map(({ name, version }) => ({ name, version })),
    interrupted: signal.aborted,
    problems,
    results,
  };
}

type CheckCase = CheckServerOptions & { readonly signal: AbortSignal };

async function checkCase(asked: AskedCase, options: CheckCase): Promise<ServerResult> {
  const { setup = emulatorSetup, baseURL, signal, idleLimitMs = 30_000 } = options;
  const { testCase } = asked;
  const startedAt = performance.now();
  const head = {
    case: testCase.id,
    wireFormat: testCase.wireFormat,
    title: testCase.title,
    sources: testCase.sources,
  };
  const request = documentedRequest(asked, setup, baseURL);
  if ('missing' in request) {
    const because = `the setup gives no ${request.missing}`;
    return { ...head, verdict: 'not-asked', because, differences: [], outcomes: [], durationMs: 0 };
  }
  let reply: ServerReply;
  try {
    reply = await askServer(request, { signal, idleLimitMs });
  } catch (error) {
    return {
      ...head,
      verdict: 'error',
      because: describeFailure(error, idleLimitMs),
      differences: [],
      outcomes: [],
      exchange: reportExchange(request, setup),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }
  const differences = judgeReply(asked, request, reply);
  const outcomes = await performWith(asked, options);
  const isFaithful =
    differences.length === 0 && outcomes.every((outcome) => outcome.differences.length === 0);
  const hasErred = outcomes.some(({ because }) => because !== undefined);
  return {
    ...head,
    verdict: hasErred ? 'error' : isFaithful ? 'faithful' : 'differs',
    differences,
    outcomes,
    exchange: reportExchange(request, setup, reply),
    durationMs: Math.round(performance.now() - startedAt),
  };
}

async function performWith(asked: AskedCase, options: CheckCase): Promise<ReportedOutcome[]> {
  const { drivers = [], setup = emulatorSetup, baseURL, signal, idleLimitMs = 30_000 } = options;
  // A client refuses to call without a key, so only the bare request can ask that.
  if (!asked.entry.outcome || asked.entry.key === 'missing') return [];
  const outcomes: ReportedOutcome[] = [];
  const secrets = secretsOf(setup);
  const { testCase } = asked;
  const able = drivers.filter(
    (driver) => driver.wireFormat === testCase.wireFormat && !missingCapability(testCase, driver),
  );
  for (const driver of able) {
    try {
      const outcome = await performAsked(asked, { driver, setup, baseURL, signal, timeLimitMs: idleLimitMs });
      outcomes.push({
        client: driver.name,
        differences: [...compareWeakly(asked.allowed, outcome), ...leakedSecret(outcome, secrets)],
        outcome: reportOutcome(outcome, secrets),
      });
    } catch (error) {
      outcomes.push({ client: driver.name, differences: [], because: describeFailure(error, idleLimitMs) });
    }
  }
  return outcomes;
}

function describeFailure(error: unknown, idleLimitMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return `no reply within ${idleLimitMs} ms`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return [error.message, code ?? (cause instanceof Error ? cause.message : undefined)]
    .filter(Boolean)
    .join(', ');
}

function reportExchange(
  { url, headers, body }: DocumentedRequest,
  setup: ServerSetup,
  reply?: ServerReply,
): ReportedExchange {
  const exchange = {
    url,
    headers,
    body,
    ...(reply && { reply: { ...reply, body: Buffer.from(reply.body).toString('utf8') } }),
  };
  return withoutSecrets(exchange, secretsOf(setup));
}

function secretsOf({ keys }: ServerSetup): string[] {
  return Object.values(keys).filter((key) => key !== null);
}

function matches(filter: string | undefined, ...texts: readonly string[]): boolean {
  return filter === undefined || texts.some((text) => text.toLowerCase().includes(filter.toLowerCase()));
}
