import { findingsOf } from './findings.ts';
import type { Scored } from './run-board.ts';
import type { ClientResults, ScoreboardData } from './scoreboard-data.ts';

/** One behavior. */
export interface Row {
  readonly behavior: string;
  readonly title: string;
  /** Where the reply comes from, on each wire where it differs, and the level where it is weaker. */
  readonly basis: string;
}

/** The behaviors on the board, in order. */
export function rowsOf({ clients }: ScoreboardData): Row[] {
  const rows = new Map<string, { title: string; basis: Set<string> }>();
  for (const { testCase } of clients.flatMap(({ results }) => results)) {
    const { behavior, title, provenance, level } = testCase;
    const row = rows.get(behavior) ?? { title, basis: new Set() };
    row.basis.add(level === 'must' ? provenance : `${provenance}, ${level}`);
    rows.set(behavior, row);
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([behavior, { title, basis }]) => ({ behavior, title, basis: [...basis].join('; ') }));
}

/** The heads of the columns. */
export function columnsOf({ clients }: ScoreboardData): string[] {
  return clients.map(({ client }) => client.label);
}

/** What stands where a behavior and a client meet. */
export function cellOf({ behavior }: Row, { results }: ClientResults, { letters }: ScoreboardData): string {
  const scored = results.find(({ testCase }) => testCase.behavior === behavior);
  if (!scored) return '';
  const mark = markOf(scored);
  if (mark !== '✗') return mark;
  return `${mark} ${findingsOf(scored)
    .map(({ says }) => letters.get(says) ?? says)
    .sort()
    .join(' ')}`;
}

/** The mark of one result. */
export function markOf({ judgment, view }: Scored): '✓' | '◐' | '✗' | '–' {
  if (judgment.verdict === 'not-applicable') return '–';
  if (judgment.verdict !== 'pass') return '✗';
  return view?.unseen.length === 0 ? '✓' : '◐';
}
