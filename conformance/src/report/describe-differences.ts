import type { CaseResult } from './suite-report.ts';

/** Why a case has its verdict, one difference on each line. */
export function describeDifferences({
  because,
  differences,
}: Pick<CaseResult, 'because' | 'differences'>): string {
  const lines = differences.map(
    ({ path, expected, actual }) => `${path}: expected ${show(expected)}, got ${show(actual)}`,
  );
  return [...(because ? [because] : []), ...lines].join('\n');
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
