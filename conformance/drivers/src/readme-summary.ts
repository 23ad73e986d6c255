import type { ScoreboardData } from './scoreboard-data.ts';
import { summaryTable } from './summary-table.ts';

const begin = '<!-- scoreboard -->';
const end = '<!-- /scoreboard -->';

/**
 * The README with the summary between its markers.
 *
 * @throws Error when the markers are not there.
 */
export function withSummary(readme: string, data: ScoreboardData): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) throw new Error(`README.md has no ${begin} and ${end} for the summary`);
  return `${readme.slice(0, from + begin.length)}\n${summaryTable(data)}\n\nCases over real HTTP, ${data.date}: ✓ as stated, ◐ as stated in what the client shows, ✗ otherwise; those that do not apply\nare left out. The suite and Qwire are the work of the same people. The rule, and every behavior:\n[scoreboard](docs/scoreboard.md).\n${readme.slice(to)}`;
}
