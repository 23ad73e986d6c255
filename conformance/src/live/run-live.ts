import type { Expectation, WireName } from '../case-schema.ts';
import { wireRoots } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';
import type { ClientDriver } from '../driver.ts';
import { isRecord } from '../is-record.ts';
import type { CaseIndex } from '../load-cases.ts';
import type { Outcome } from '../outcome.ts';
import { type Forwarded, type Forwarder, startForwarder } from '../record/forwarder.ts';
import { createRedactor } from '../record/redactor.ts';
import { routeToService } from '../record/route-to-service.ts';
import { suiteVersions } from '../report/suite-report.ts';
import { type AskedCase, costClasses } from '../server/asked-cases.ts';
import { judgeReply } from '../server/judge-reply.ts';
import { performAsked } from '../server/perform-asked.ts';
import { leakedSecret, reportOutcome } from '../server/report-outcome.ts';
import type { ServerSetup } from '../server/server-setup.ts';
import { compareWeakly } from './compare-weakly.ts';
import type { DriftEntry, DriftReport } from './drift-report.ts';
import { type LiveRegion, pricesOf } from './live-region.ts';
import { type Ceilings, costOf, type LivePlan, type PlannedCall } from './plan-live.ts';
import type { ServiceAddress } from './service-address.ts';

export interface LiveOptions extends Ceilings {
  readonly plan: LivePlan;
  readonly address: ServiceAddress;
  readonly setup: ServerSetup;
  readonly region: LiveRegion;
  readonly cases: CaseIndex;
  readonly signal?: AbortSignal;
  /** For one call; 120000 unless given. */
  readonly timeLimitMs?: number;
  /** Each exchange with the service, keys and all. */
  readonly onExchange?: (exchange: Forwarded) => void;
  readonly onEntry?: (
    entry: DriftEntry,
    progress: { readonly done: number; readonly calls: number; readonly cost: number },
  ) => void;
}

/**
 * Lets clients call the live service as planned, one call after the other, and says where document, service and client
 * disagree. The calls go through a forwarder on loopback, which sees what the service sent and stops at the ceilings.
 * Nothing is written, and no case is changed.
 */
export async function runLive(options: LiveOptions): Promise<DriftReport> {
  const { plan, address, region, cases, maxCalls, maxCost, onEntry } = options;
  const { signal = new AbortController().signal } = options;
  const startedAt = new Date();
  const entries: DriftEntry[] = plan.skipped.map(({ asked, driver, because }) => ({
    ...headOf(asked, driver, cases),
    verdict: 'not-asked',
    because,
    cost: 0,
    durationMs: 0,
  }));
  const seen: Forwarded[] = [];
  let calls = 0;
  let cost = 0;
  const forwarder = await startForwarder({
    route: (request) => routeToService(address, request),
    mayForward: () => {
      if (calls >= maxCalls || cost >= maxCost) return false;
      calls += 1;
      return true;
    },
    onExchange: (exchange) => {
      seen.push(exchange);
      options.onExchange?.(exchange);
    },
  });
  try {
    for (const planned of plan.calls) {
      if (signal.aborted) break;
      const { asked, driver, estimate } = planned;
      if (calls >= maxCalls || cost + estimate > maxCost) {
        const because = 'earlier calls have used up the ceilings';
        entries.push({
          ...headOf(asked, driver, cases),
          verdict: 'not-asked',
          because,
          cost: 0,
          durationMs: 0,
        });
        continue;
      }
      seen.length = 0;
      const entry = await callOnce(planned, { ...options, signal, forwarder, seen });
      cost += entry.cost;
      if (signal.aborted) break;
      entries.push(entry);
      onEntry?.(entry, { done: entries.length - plan.skipped.length, calls, cost });
    }
  } finally {
    await forwarder.stop();
  }
  const models = new Set(plan.calls.map(({ asked }) => options.setup.models[asked.entry.model] ?? ''));
  const clients = new Map(plan.calls.map(({ driver }) => [driver.name, driver.version]));
  return {
    driftReportVersion: 1,
    suiteVersion: suiteVersions().suiteVersion,
    casesDigest: cases.digest,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    service: Object.values(address.wires),
    models: [...models],
    clients: [...clients].map(([name, version]) => ({ name, version })),
    calls,
    maxCalls,
    currency: region.currency,
    estimate: plan.estimate,
    cost,
    maxCost,
    pricesOf,
    interrupted: signal.aborted,
    entries,
  };
}

interface CallOnce extends LiveOptions {
  readonly signal: AbortSignal;
  readonly forwarder: Forwarder;
  readonly seen: readonly Forwarded[];
}

async function callOnce({ asked, driver, estimate }: PlannedCall, options: CallOnce): Promise<DriftEntry> {
  const { cases, setup, region, signal, forwarder, seen, timeLimitMs = 120_000 } = options;
  const head = headOf(asked, driver, cases);
  const secrets = Object.values(setup.keys).filter((key) => key !== null);
  const startedAt = performance.now();
  let outcome: Outcome | undefined;
  let because: string | undefined;
  try {
    const baseURL = `${forwarder.origin}${wireRoots[driver.wireFormat]}`;
    const request = withinCost(asked);
    outcome = await performAsked(asked, { driver, setup, baseURL, signal, timeLimitMs, request });
  } catch (error) {
    because = error instanceof Error ? error.message : String(error);
  }
  await forwarder.settled();
  const service = describeService(asked, seen, secrets);
  const adapter = outcome && {
    differences: [...compareWeakly(asked.allowed, outcome), ...leakedSecret(outcome, secrets)],
    outcome: reportOutcome(outcome, secrets),
  };
  const agree = adapter?.differences.length === 0 && service.differences.length === 0;
  return {
    ...head,
    verdict: because !== undefined ? 'error' : agree ? 'as-documented' : 'drift',
    ...(because !== undefined && { because }),
    service,
    ...(adapter && { adapter }),
    cost: usedCost(asked, { outcome, seen, estimate, setup, region }),
    durationMs: Math.round(performance.now() - startedAt),
  };
}

/** Members that keep a call within its cost class: an answer has a length, and so have thoughts. */
function withinCost({ testCase, entry }: AskedCase): Readonly<Record<string, unknown>> {
  const { maxTokens, thinking } = testCase.call.request;
  return {
    maxTokens: maxTokens ?? answerLimit,
    ...(thinking === true && {
      thinking: { budget: costClasses[entry.cost].outputTokens - answerLimit - 20 },
    }),
  };
}

/** Tokens, a few less than the cheapest class that answers allows. */
const answerLimit = 100;

interface Used {
  readonly outcome: Outcome | undefined;
  readonly seen: readonly Forwarded[];
  readonly estimate: number;
  readonly setup: ServerSetup;
  readonly region: LiveRegion;
}

/** What a call cost by the usage that it reported; without one, the estimate if anything was answered. */
function usedCost({ entry }: AskedCase, { outcome, seen, estimate, setup, region }: Used): number {
  const { inputTokens, outputTokens } = outcome?.response?.usage ?? {};
  if (inputTokens !== undefined && outputTokens !== undefined)
    return costOf(setup.models[entry.model], { inputTokens, outputTokens }, region);
  return seen.some(({ status }) => status === 200) ? estimate : 0;
}

function describeService(asked: AskedCase, seen: readonly Forwarded[], secrets: readonly string[]) {
  const last = seen.at(-1);
  const differences: Difference[] =
    seen.length === 1 ? [] : [{ path: 'requests', expected: 1, actual: seen.length }];
  if (last?.status !== undefined) differences.push(...judgeForwarded(asked, last, last.status));
  else if (last) differences.push({ path: 'connection', expected: 'a reply', actual: last.ended });
  const redactor = createRedactor({ keys: secrets });
  return {
    status: last?.status,
    contentType: last?.headers['content-type'],
    requests: seen.length,
    differences: JSON.parse(redactor.blotKeys(JSON.stringify(differences))) as Difference[],
    body: redactor.blotKeys(Buffer.from(last?.body ?? []).toString('utf8')).slice(0, 4000),
  };
}

function judgeForwarded(
  asked: AskedCase,
  { request, headers, body, chunks, ended }: Forwarded,
  status: number,
) {
  const sent = parse(Buffer.from(request.body).toString('utf8'));
  const model = typeof sent.model === 'string' ? sent.model : '';
  return judgeReply(
    asked,
    { url: request.path, headers: request.headers, body: sent, model },
    // A client that has read the end may leave before the connection closes.
    { status, headers, body, chunks, ended: ended === 'cut' ? 'cut' : 'closed' },
  );
}

function headOf({ testCase, entry, allowed }: AskedCase, driver: ClientDriver, { sources }: CaseIndex) {
  return {
    case: testCase.id,
    wireFormat: testCase.wireFormat as WireName,
    title: testCase.title,
    client: driver.name,
    costClass: entry.cost,
    document: {
      says: allowed.map(describeExpectation),
      sources: testCase.sources.map(({ source, section }) => ({
        url: sources[source]?.url ?? source,
        ...(section !== undefined && { section }),
        ...(sources[source] && { retrievedOn: sources[source].retrievedOn }),
      })),
    },
  };
}

function describeExpectation({ ended, error, response }: Expectation): string {
  if (ended === 'failed') {
    const code = typeof error?.code === 'string' ? error.code : undefined;
    return ['fails', error?.kind, error?.status, code].filter(Boolean).join(', ');
  }
  const parts = [
    response?.reasoning ? 'reasoning' : undefined,
    response?.text ? 'text' : undefined,
    response?.toolCalls?.length ? 'tool calls' : undefined,
    response?.object ? 'a JSON object' : undefined,
    response?.finishReason && `finish reason ${response.finishReason}`,
  ];
  return ['completes', ...parts].filter(Boolean).join(', ');
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? json : {};
  } catch {
    return {};
  }
}
