import type { Citation, WireName } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';
import type { Outcome } from '../outcome.ts';

/** `differs`: not as documented. `not-asked`: the setup has no key or model for it, or the run ended before. */
export const serverVerdicts = ['faithful', 'differs', 'not-asked', 'error'] as const;

export type ServerVerdict = (typeof serverVerdicts)[number];

/** A request and its reply as they are reported: without keys. */
export interface ReportedExchange {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly reply?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly chunks: readonly { readonly bytes: number; readonly atMs: number }[];
    readonly ended: string;
  };
}

/** What a client saw of the same case, held to what a model cannot vary. */
export interface ReportedOutcome {
  readonly client: string;
  readonly differences: readonly Difference[];
  readonly outcome?: Outcome;
  /** Why there is no outcome. */
  readonly because?: string;
}

/** One case as a server answered it. */
export interface ServerResult {
  readonly case: string;
  readonly wireFormat: WireName;
  readonly title: string;
  readonly sources: readonly Citation[];
  readonly verdict: ServerVerdict;
  readonly because?: string;
  /** Where the reply's bytes are not as documented. */
  readonly differences: readonly Difference[];
  readonly outcomes: readonly ReportedOutcome[];
  readonly exchange?: ReportedExchange;
  readonly durationMs: number;
}

/** A whole run against one server. */
export interface ServerReport {
  readonly serverReportVersion: 1;
  readonly suiteVersion: string;
  readonly casesDigest: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly server: string;
  readonly clients: readonly { readonly name: string; readonly version: string }[];
  /** Whether it was stopped before its end. */
  readonly interrupted: boolean;
  /** What is wrong with the run as a whole; any of it fails the run. */
  readonly problems: readonly string[];
  readonly results: readonly ServerResult[];
}

/** Whether the server is not what the documents say, or could not be asked. */
export function serverFailed({ problems, interrupted, results }: ServerReport): boolean {
  if (problems.length > 0 || interrupted) return true;
  if (!results.some(({ verdict }) => verdict === 'faithful')) return true;
  return results.some(({ verdict }) => verdict === 'differs' || verdict === 'error');
}

/** How often each verdict was given, such as `24 faithful, 1 differs`. */
export function countServerVerdicts(results: readonly Pick<ServerResult, 'verdict'>[]): string {
  return (
    serverVerdicts
      .map((verdict) => [results.filter((result) => result.verdict === verdict).length, verdict] as const)
      .filter(([count]) => count > 0)
      .map(([count, verdict]) => `${count} ${verdict.replace('-', ' ')}`)
      .join(', ') || 'nothing was asked'
  );
}
