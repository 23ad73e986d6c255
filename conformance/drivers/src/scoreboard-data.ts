import { loadCases } from '@qwire/conformance';
import { exclusions } from './board-rule.ts';
import { board } from './clients.ts';
import { readDeviations } from './deviation-files.ts';
import { findingsOf } from './findings.ts';
import { boardCases, runClient, type Scored } from './run-board.ts';
import type { ScoredClient } from './scored-client.ts';
import { versionOf } from './version-of.ts';

export interface ClientResults {
  readonly client: ScoredClient;
  readonly version: string;
  readonly results: readonly Scored[];
}

/** Everything that the page shows. */
export interface ScoreboardData {
  /** Such as `2026-11-23`. */
  readonly date: string;
  readonly suiteVersion: string;
  readonly casesDigest: string;
  readonly node: string;
  /** How many cases are on the board. */
  readonly onBoard: number;
  /** How many cases are not, by the reason. */
  readonly excluded: readonly { readonly because: string; readonly count: number }[];
  readonly clients: readonly ClientResults[];
  /** The letter of each finding. */
  readonly letters: ReadonlyMap<string, string>;
}

/** Runs every client of the board. */
export async function gatherScoreboard(date: string): Promise<ScoreboardData> {
  const index = loadCases();
  const cases = boardCases(index);
  const clients: ClientResults[] = [];
  for (const { client, folder } of board) {
    const results = await runClient(client, cases, { deviations: readDeviations(folder) });
    clients.push({ client, version: client.driver.version, results });
  }
  const says = clients.flatMap(({ results }) =>
    results.flatMap((scored) => (scored.judgment.verdict === 'deviation' ? findingsOf(scored) : [])),
  );
  const distinct = [...new Set(says.map((finding) => finding.says))];
  return {
    date,
    suiteVersion: versionOf('@qwire/conformance'),
    casesDigest: index.digest,
    node: process.versions.node,
    onBoard: cases.length,
    excluded: exclusions.map(({ because }) => ({
      because,
      count: index.cases.filter(
        (testCase) => exclusions.find(({ holds }) => holds(testCase))?.because === because,
      ).length,
    })),
    clients,
    letters: new Map(distinct.map((text, position) => [text, String.fromCharCode(97 + position)])),
  };
}
