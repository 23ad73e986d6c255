import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { board } from './clients.ts';
import { readDeviations } from './deviation-files.ts';
import { withSummary } from './readme-summary.ts';
import type { ScoreboardData } from './scoreboard-data.ts';
import { driversRoot, versionOf } from './version-of.ts';

const page = readFileSync(`${driversRoot}../../docs/scoreboard.md`, 'utf8');
const readme = readFileSync(`${driversRoot}../../README.md`, 'utf8');
const again = 'run "pnpm --filter @qwire/conformance-drivers scoreboard"';

test('the page names the versions that are installed', () => {
  const named = board.map(
    ({ client }) => `| ${client.label} | ${client.driver.name} | ${client.driver.version} |`,
  );
  expect(
    named.filter((row) => !page.includes(row)),
    again,
  ).toEqual([]);
  expect(page, again).toContain(`\`@qwire/conformance\` ${versionOf('@qwire/conformance')},`);
});

test('the summary in README.md is the one of the page', () => {
  const summary = /## By group\n\n.*\n\n([\s\S]*?)\n\n## By behavior/.exec(page)?.[1];
  expect(summary).toBeTruthy();
  expect(readme, again).toContain(summary);
});

test('the page has a cross for each deviation on record', () => {
  const all = /^\| \*\*All\*\* \| (.*) \|$/m.exec(page)?.[1]?.split(' | ') ?? [];
  const crosses = all.map((cell) => Number(/(\d+) ✗/.exec(cell)?.[1] ?? 0));
  expect(crosses, again).toEqual(board.map(({ folder }) => readDeviations(folder).length));
});

test('a README without markers is not written to', () => {
  expect(() => withSummary('# Qwire', { clients: [] } as unknown as ScoreboardData)).toThrow(
    'README.md has no <!-- scoreboard -->',
  );
});
