import type { WireName } from '../case-schema.ts';
import type { Difference } from '../compare-outcome.ts';
import type { Outcome } from '../outcome.ts';
import type { CostClass } from '../server/asked-cases.ts';

/** `drift`: document, service and client do not agree. `not-asked`: no key or model for it, a ceiling, or stopped before. */
export const driftVerdicts = ['as-documented', 'drift', 'not-asked', 'error'] as const;

export type DriftVerdict = (typeof driftVerdicts)[number];

/** One call of the live service: what the document says, what the service sent, what the client made of it. */
export interface DriftEntry {
  readonly case: string;
  readonly wireFormat: WireName;
  readonly title: string;
  readonly client: string;
  readonly costClass: CostClass;
  readonly verdict: DriftVerdict;
  readonly because?: string;
  readonly document: {
    /** What may be seen, one line for each possibility. */
    readonly says: readonly string[];
    readonly sources: readonly {
      readonly url: string;
      readonly section?: string;
      readonly retrievedOn?: string;
    }[];
  };
  readonly service?: {
    /** Of the last reply; `undefined` when none came. */
    readonly status: number | undefined;
    readonly contentType: string | undefined;
    readonly requests: number;
    /** Where its bytes are not as documented. */
    readonly differences: readonly Difference[];
    /** The body, at most 4000 characters of it, without keys. */
    readonly body: string;
  };
  readonly adapter?: {
    /** Where a caller sees something else than documented. Text, ids and counts are not compared. */
    readonly differences: readonly Difference[];
    readonly outcome: Outcome;
  };
  /** In the report's currency; what the call used, or its estimate where no usage came. */
  readonly cost: number;
  readonly durationMs: number;
}

export interface DriftReport {
  readonly driftReportVersion: 1;
  readonly suiteVersion: string;
  readonly casesDigest: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Addresses that were called. */
  readonly service: readonly string[];
  readonly models: readonly string[];
  readonly clients: readonly { readonly name: string; readonly version: string }[];
  readonly calls: number;
  readonly maxCalls: number;
  readonly currency: string;
  readonly estimate: number;
  readonly cost: number;
  readonly maxCost: number;
  readonly pricesOf: string;
  readonly interrupted: boolean;
  readonly entries: readonly DriftEntry[];
}

/** Whether there is anything that somebody has to look at. */
export function hasDrift({ interrupted, entries }: DriftReport): boolean {
  if (interrupted || !entries.some(({ verdict }) => verdict === 'as-documented')) return true;
  return entries.some(({ verdict }) => verdict === 'drift' || verdict === 'error');
}

/** How often each verdict was given, such as `24 as documented, 1 drift`. */
export function countDrift(entries: readonly Pick<DriftEntry, 'verdict'>[]): string {
  return (
    driftVerdicts
      .map((verdict) => [entries.filter((entry) => entry.verdict === verdict).length, verdict] as const)
      .filter(([count]) => count > 0)
      .map(([count, verdict]) => `${count} ${verdict.replace('-', ' ')}`)
      .join(', ') || 'nothing was asked'
  );
}
