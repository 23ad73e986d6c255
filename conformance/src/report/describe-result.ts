import type { SeenRequest } from '../case-run.ts';
import type { CarrierName } from '../case-schema.ts';
import type { ClientDriver } from '../driver.ts';
import type { Judgment } from '../judge.ts';
import type { ConformanceCase } from '../load-cases.ts';
import type { Outcome } from '../outcome.ts';
import type { Observation } from '../perform-case.ts';
import type { CaseResult, ReportedRequest } from './suite-report.ts';
import { withoutKey } from './without-key.ts';

interface ResultContext {
  readonly testCase: ConformanceCase;
  readonly driver: ClientDriver;
  readonly carrier: CarrierName;
}

/** The judgment with everything that a reader needs beside it, and without the key. */
export function describeResult(
  context: ResultContext,
  judgment: Judgment,
  observation?: Observation,
): CaseResult {
  const { testCase, driver, carrier } = context;
  const { id, behavior, wireFormat, title, level, status, provenance, sources, overrides, call } = testCase;
  const result: CaseResult = {
    case: id,
    behavior,
    wireFormat,
    title,
    level,
    status,
    provenance,
    sources,
    overrides,
    client: driver.name,
    carrier,
    ...judgment,
    ...(observation?.outcome && { outcome: withoutRendering(observation.outcome) }),
    requests: (observation?.seen ?? []).map(reportRequest),
    durationMs: observation?.durationMs ?? 0,
  };
  return withoutKey(result, call);
}

/** An error's rendering is long, holds paths of this machine, and was searched already. */
function withoutRendering({ error, ...outcome }: Outcome): Outcome {
  if (!error) return outcome;
  const { rendered: _, ...rest } = error;
  return { ...outcome, error: rest };
}

function reportRequest({ method, url, headers, body, delivery }: SeenRequest): ReportedRequest {
  return {
    method,
    url,
    headers,
    body: parseJson(body),
    reply: { state: delivery.state, chunks: delivery.chunks },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
