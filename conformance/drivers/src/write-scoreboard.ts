// Runs every client of the board and writes docs/scoreboard.md, and its summary into README.md. With --check nothing is
// written. Fails when a client does something else than is on record.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { boardMarkdown } from './board-markdown.ts';
import { withSummary } from './readme-summary.ts';
import { gatherScoreboard, type ScoreboardData } from './scoreboard-data.ts';
import { driversRoot } from './version-of.ts';

const page = `${driversRoot}../../docs/scoreboard.md`;
const readme = `${driversRoot}../../README.md`;
const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
const today = new Date().toISOString().slice(0, 10);

// The date is that of the last change, so that the page is the same for the same results.
const data = await gatherScoreboard(/^- Date: (.+)$/m.exec(before)?.[1] ?? today);
const problems = data.clients.flatMap(({ client, results }) =>
  results
    .filter(({ judgment }) => judgment.verdict === 'fail' || judgment.verdict === 'harness-error')
    .map(({ testCase, judgment }) => `${client.label}: ${testCase.id}: ${describe(judgment)}`),
);
if (problems.length > 0) {
  console.error(`${problems.join('\n')}\nRead these, then put them on record: pnpm run deviations`);
  process.exitCode = 1;
} else if (process.argv.includes('--check')) {
  const old = boardMarkdown(data) === before ? '' : ' The page is older than the cases: pnpm run scoreboard';
  console.log(`Every client does what is on record.${old}`);
} else {
  write(boardMarkdown(data) === before ? data : { ...data, date: today });
}

function describe({
  because,
  differences,
}: (typeof data.clients)[number]['results'][number]['judgment']): string {
  return because ?? differences.map(({ path }) => path).join(', ');
}

function write(shown: ScoreboardData): void {
  writeFileSync(page, boardMarkdown(shown));
  writeFileSync(readme, withSummary(readFileSync(readme, 'utf8'), shown));
  console.log('Written: docs/scoreboard.md, and the summary in README.md');
}
