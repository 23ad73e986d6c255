import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CarrierName, Citation, Scenario, Sources, WireName } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';
import type { Verdict } from '../judge.ts';
import type { AbsentCase } from '../load-cases.ts';
import type { Outcome } from '../outcome.ts';
import { packageRoot } from '../package-root.ts';

/** A request as it is reported: without the key. */
export interface ReportedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** How the reply went: its chunks, and whether the client took all of it. */
  readonly reply: { readonly state: string; readonly chunks: readonly { bytes: number; atMs: number }[] };
}

/** What one client did with one case on one carrier. */
export interface CaseResult {
  readonly case: string;
  readonly behavior: string;
  readonly wireFormat: WireName;
  readonly title: string;
  readonly level: Scenario['level'];
  readonly status: Scenario['status'];
  /** Where the reply's shape comes from. */
  readonly provenance: Scenario['provenance'];
  readonly sources: readonly Citation[];
  /** Where this wire's expectation differs from the scenario's. */
  readonly overrides: readonly string[];
  readonly client: string;
  readonly carrier: CarrierName;
  readonly verdict: Verdict;
  readonly because?: string;
  readonly differences: readonly Difference[];
  readonly outcome?: Outcome;
  readonly requests: readonly ReportedRequest[];
  readonly durationMs: number;
}

/** A whole run. `reportVersion` changes when a reader of the report would have to. */
export interface SuiteReport {
  readonly reportVersion: 1;
  readonly suiteVersion: string;
  readonly casesDigest: string;
  readonly node: string;
  readonly msw: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly carriers: readonly CarrierName[];
  readonly clients: readonly {
    readonly name: string;
    readonly version: string;
    readonly wireFormat: WireName;
  }[];
  /** What is wrong with the run itself; any of it fails the run. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly results: readonly CaseResult[];
  /** What the results cite, by id. */
  readonly sources: Sources;
  readonly absent: readonly AbsentCase[];
}

/** Whether a result fails the run: tentative cases and what only may hold do not. */
export function failsRun({ verdict, status, level }: CaseResult): boolean {
  if (verdict === 'harness-error') return true;
  return verdict === 'fail' && status === 'stable' && level !== 'may';
}

export function hasFailed({ problems, results }: SuiteReport): boolean {
  return problems.length > 0 || results.some(failsRun);
}

/** Of a catalog, what the results cite. */
export function citedSources(results: readonly CaseResult[], catalog: Sources): Sources {
  const ids = new Set(results.flatMap(({ sources }) => sources.map(({ source }) => source)));
  return Object.fromEntries(Object.entries(catalog).filter(([id]) => ids.has(id)));
}

/** Versions of what a verdict depends on. */
export function suiteVersions(): Pick<SuiteReport, 'suiteVersion' | 'node' | 'msw'> {
  const require = createRequire(import.meta.url);
  return {
    suiteVersion: readVersion(join(packageRoot, 'package.json')),
    node: process.versions.node,
    msw: readVersion(require.resolve('msw/package.json')),
  };
}

function readVersion(file: string): string {
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version);
}
