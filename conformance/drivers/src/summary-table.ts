import { type BoardGroup, boardGroups, groupOf } from './board-rule.ts';
import type { ClientResults, ScoreboardData } from './scoreboard-data.ts';
import { markOf } from './scoreboard-rows.ts';

const marks = ['✓', '◐', '✗'] as const;

/** Groups down, clients across: how many of each mark. */
export function summaryTable({ clients }: ScoreboardData): string {
  const groups = Object.keys(boardGroups) as BoardGroup[];
  const rows = groups.map(
    (group) => `| ${boardGroups[group]} | ${clients.map((entry) => countOf(entry, group)).join(' | ')} |`,
  );
  const all = clients.map((entry) => `**${countOf(entry)}**`);
  return `| | ${clients.map(({ client, version }) => `${client.label} ${version}`).join(' | ')} |
| --- | ${clients.map(() => ':-:').join(' | ')} |
${rows.join('\n')}
| **All** | ${all.join(' | ')} |`;
}

function countOf({ results }: ClientResults, group?: BoardGroup): string {
  const own = results.filter(({ testCase }) => group === undefined || groupOf(testCase.behavior) === group);
  const counts = marks.map((mark) => [mark, own.filter((scored) => markOf(scored) === mark).length] as const);
  const shown = counts.filter(([, count]) => count > 0).map(([mark, count]) => `${count} ${mark}`);
  return shown.join(' ') || '–';
}
