import type { ConformanceCase } from '@qwire/conformance';
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

const wireLabels = { 'openai-compatible': 'compatible', dashscope: 'native' } as const;

/** The behaviors on the board, in order. */
export function rowsOf({ clients }: ScoreboardData): Row[] {
  const cases = new Map(
    clients.flatMap(({ results }) => results.map(({ testCase }) => [testCase.id, testCase] as const)),
  );
  const behaviors = [...new Set([...cases.values()].map(({ behavior }) => behavior))].sort();
  return behaviors.map((behavior) => {
    const own = [...cases.values()].filter((testCase) => testCase.behavior === behavior);
    return { behavior, title: own[0]?.title ?? behavior, basis: basisOf(own) };
  });
}

function basisOf(cases: readonly ConformanceCase[]): string {
  const stated = cases.map(({ wireFormat, provenance }) => `${provenance} (${wireLabels[wireFormat]})`);
  const kinds = new Set(cases.map(({ provenance }) => provenance));
  const basis = kinds.size === 1 ? [...kinds].join() : stated.join(', ');
  return cases.some(({ level }) => level !== 'must') ? `${basis}; should` : basis;
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
