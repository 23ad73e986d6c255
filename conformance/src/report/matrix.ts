import { type Verdict, verdicts } from '../judge.ts';
import { describeParity, findParity } from './parity.ts';
import { type CaseResult, failsRun, type SuiteReport } from './suite-report.ts';

/** One cell: what a client does with a behavior, over all carriers. */
export interface Cell {
  readonly text: string;
  readonly verdict: Verdict | undefined;
}

export interface MatrixRow {
  readonly behavior: string;
  readonly cells: readonly Cell[];
  readonly parity: string;
}

/** Behaviors down, clients across, and whether the wires agree. */
export function matrixRows(report: SuiteReport): MatrixRow[] {
  const results = groupByBehavior(report.results);
  const absent = groupByBehavior(report.absent);
  const behaviors = [...new Set([...results.keys(), ...absent.keys()])].sort();
  return behaviors.map((behavior) => {
    const own = { results: results.get(behavior) ?? [], absent: absent.get(behavior) ?? [] };
    return {
      behavior,
      cells: report.clients.map((client) => toCell(own, client)),
      parity: describeParity(findParity(own)),
    };
  });
}

/** What a report says of one behavior. */
type OfBehavior = Pick<SuiteReport, 'results' | 'absent'>;

function groupByBehavior<Entry extends { readonly behavior: string }>(
  entries: readonly Entry[],
): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.behavior);
    if (group) group.push(entry);
    else groups.set(entry.behavior, [entry]);
  }
  return groups;
}

const worstFirst: readonly Verdict[] = ['harness-error', 'fail', 'deviation', 'not-applicable', 'pass'];

/** How each verdict is written in a cell. */
export const verdictText: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  deviation: 'deviation',
  'not-applicable': 'n/a',
  'harness-error': 'ERROR',
};

/** A sign for each verdict, where there is no room for a word. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  fail: '✗',
  deviation: '≠',
  'not-applicable': '–',
  'harness-error': '!',
};

function toCell(own: OfBehavior, { name, wireFormat }: SuiteReport['clients'][number]): Cell {
  const results = own.results.filter(({ client }) => client === name);
  const verdict = worstFirst.find((candidate) => results.some((result) => result.verdict === candidate));
  if (!verdict) {
    const absent = own.absent.some((entry) => entry.wireFormat === wireFormat);
    return { text: absent ? 'absent' : '-', verdict: undefined };
  }
  const worst = results.filter((result) => result.verdict === verdict);
  const onSome = worst.length < results.length ? ` (${worst.map(({ carrier }) => carrier).join(', ')})` : '';
  const free =
    verdict === 'fail' && !worst.some(failsRun)
      ? ` (${worst[0]?.status === 'tentative' ? 'tentative' : 'may'})`
      : '';
  return { text: `${verdictText[verdict]}${onSome}${free}`, verdict };
}

/** How often each verdict was given, such as `24 pass, 1 FAIL`. */
export function countVerdicts(results: readonly CaseResult[]): string {
  const counts = verdicts.map(
    (verdict) => [results.filter((result) => result.verdict === verdict).length, verdict] as const,
  );
  return (
    counts
      .filter(([count]) => count > 0)
      .map(([count, verdict]) => `${count} ${verdictText[verdict]}`)
      .join(', ') || 'no case was run'
  );
}

/** The matrix as a Markdown table with a line on what it was made with. */
export function matrixMarkdown(report: SuiteReport): string {
  const head = ['Behavior', ...report.clients.map(({ name, version }) => `${name} ${version}`), 'Wires'];
  const rows = matrixRows(report).map(({ behavior, cells, parity }) => [
    behavior,
    ...cells.map(({ text }) => text),
    parity,
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(asCell).join(' | ')} |`);
  return `${lines.join('\n')}\n\n${madeWith(report)}\n`;
}

/** Text that can neither end a cell nor become markup. */
function asCell(text: string): string {
  return text.replaceAll(/[\\|<>]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

export function madeWith({
  suiteVersion,
  casesDigest,
  node,
  msw,
  startedAt,
  carriers,
  results,
}: SuiteReport): string {
  return (
    `${countVerdicts(results)}. Suite ${suiteVersion}, cases ${casesDigest}, Node ${node}, MSW ${msw}, ` +
    `carriers ${carriers.join(' and ')}, ${startedAt.slice(0, 10)}.`
  );
}
