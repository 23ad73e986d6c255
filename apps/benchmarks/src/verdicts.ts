import type { BundleRow } from './bundle.ts';
import { contenders } from './contenders.ts';
import { measures } from './measures.ts';
import { probes } from './probes.ts';
import type { Row } from './report.ts';
import type { ProbeRow } from './run-probes.ts';

/** A figure that has a goal. */
export interface Verdict {
  readonly what: string;
  readonly contender: string;
  /** With its unit. */
  readonly figure: string;
  readonly goal: number;
  readonly met: boolean;
}

/** Every figure that has a goal, in the order in which they were measured. */
export function toVerdicts(
  rows: readonly Row[],
  probeRows: readonly ProbeRow[],
  bundles: readonly BundleRow[],
): readonly Verdict[] {
  return [
    ...rows.map(({ measure, contender, ratio, connections, goal, met }) => ({
      what: measures[measure]?.title ?? measure,
      contender,
      figure:
        measure === 'connections' ? `${connections} connections` : `${ratio?.median.toFixed(2)} of the floor`,
      goal,
      met,
    })),
    ...probeRows.map(({ probe, contender, value, goal, met }) => ({
      what: probes[probe]?.title ?? probe,
      contender,
      figure: `${value.median.toFixed(1)} ${probes[probe]?.unit ?? ''}`,
      goal,
      met,
    })),
    ...bundles.map(({ program, kilobytes, goal, met }) => ({
      what: 'bundle',
      contender: program,
      figure: `${kilobytes.toFixed(1)} kB`,
      goal,
      met,
    })),
  ].flatMap(({ goal, met, ...rest }) =>
    goal === undefined || met === undefined ? [] : [{ ...rest, goal, met }],
  );
}

/** How many goals are met, and the others with figure and goal. */
export function printVerdicts(verdicts: readonly Verdict[]): string {
  const missed = verdicts.filter(({ met }) => !met);
  const lines = missed.map(
    ({ what, contender, figure, goal }) =>
      `  ${(contenders[contender] ?? contender).padEnd(42)}${what}: ${figure}, goal ${goal}`,
  );
  const count = `Goals: ${verdicts.length - missed.length} of ${verdicts.length} met${missed.length > 0 ? '; not met:' : '.'}`;
  return [count, ...lines].join('\n');
}
