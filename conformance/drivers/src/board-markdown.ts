import { type BoardGroup, boardGroups, groupOf } from './board-rule.ts';
import type { ScoreboardData } from './scoreboard-data.ts';
import { cellOf, columnsOf, type Row, rowsOf } from './scoreboard-rows.ts';
import { summaryTable } from './summary-table.ts';

/** The whole page, the same for the same results. */
export function boardMarkdown(data: ScoreboardData): string {
  return `${[head(data), rule(data), summary(data), ...groupTables(data), findings(data), notApplicable(data), unseen(data)].join('\n\n')}\n`;
}

function head(data: ScoreboardData): string {
  const rows = data.clients.map(
    ({ client, version }) =>
      `| ${client.label} | ${client.driver.name} | ${version} | ${client.driver.wireFormat} |`,
  );
  return `# Scoreboard

What callers of seven clients see of the same replies. Each client performs Qwire's conformance suite over real HTTP, on
loopback, in its own words; nothing here was measured at the live service.

- Date: ${data.date}
- Suite: \`@qwire/conformance\` ${data.suiteVersion}, cases \`${data.casesDigest}\`
- Node: ${data.node}

| Client | Package | Version | Wire |
| --- | --- | --- | --- |
${rows.join('\n')}

\`pnpm --filter @qwire/conformance-drivers scoreboard\` writes this page. The suite and Qwire's two adapters are the work of
the same people, and the adapters are changed until they pass: that they do is no finding, and is shown so that they
stand under the same rule. Other clients are described, not graded; several of these behaviors are choices that their
authors may have good reasons for.`;
}

function rule({ onBoard, excluded }: ScoreboardData): string {
  const groups = Object.entries(boardGroups).map(([group, about]) => `| \`${group}\` | ${about} |`);
  const left = excluded.map(({ because, count }) => `- ${count}: ${because}.`);
  return `## The rule

On the board are the groups below, ${onBoard} cases of one wire each, those of level *must* and *should*.

| Group | What it is about |
| --- | --- |
${groups.join('\n')}

Left out, for every client alike, with the number of cases:

${left.join('\n')}

What is compared, for every client alike:

- How the call ends, text and thoughts in their order, tool calls, token counts, why the answer ended, and of an error its
  code, status, message and whether another try may help, **as far as this client shows them in members of its own**.
- Not compared, because it is Qwire's own: hints, warnings, the message for the next request, the parsed answer, the
  wording of errors that the service did not send.
- An error's kind only where the client's classes tell it apart, other than by repeating the HTTP status. Any error of
  the client's own is good where the case asks for a kind that it does not have; one of the language or the platform
  (\`TypeError\`, \`SyntaxError\`) is not.
- The id of a call only where the reply repeats it in the header \`x-request-id\`, which the service sends and most
  replies of the suite leave out.
- Of token counts, a detail of 0 is the same as one that is missing.
- Of a request, its address, its key, its headers, and that every message of the caller is in it; how else a client words
  it is its own affair.
- How a client tells its caller that the caller left is its own affair; that it lets go of the connection is compared.

A case does not apply when the client cannot say the request or has no place for the answer. Drivers are in
\`conformance/drivers/clients\`, with a record of everything that differs (\`driver.deviations.json\`); a run fails when
something else is seen than is on record.`;
}

function summary(data: ScoreboardData): string {
  return `## By group

✓ as the case states, ◐ so in what the client shows, ✗ otherwise.

${summaryTable(data)}`;
}

function groupTables(data: ScoreboardData): string[] {
  const rows = rowsOf(data);
  const legend = `## By behavior

| | |
| --- | --- |
| ✓ | as the case states |
| ◐ | as the case states, in what the client shows; it does not show all that the case states, and that may be what its title says |
| ✗ | otherwise; the letter says how |
| – | does not apply to this client |
| (empty) | not on this wire |

The basis of a reply: *documented*, *recorded* (a published recording), *reported* (a public issue), *derived* (concluded
from several), *synthetic* (no document; it follows from a rule that the case cites). *should* marks the weaker level.`;
  const groups = Object.keys(boardGroups) as BoardGroup[];
  return [legend, ...groups.map((group) => groupTable(group, rows, data))];
}

function groupTable(group: BoardGroup, rows: readonly Row[], data: ScoreboardData): string {
  const own = rows.filter(({ behavior }) => groupOf(behavior) === group);
  const lines = own.map(
    (row) =>
      `| ${row.title} | ${row.basis} | ${data.clients.map((entry) => cellOf(row, entry, data)).join(' | ')} |`,
  );
  return `### ${boardGroups[group]}

| Behavior | Basis | ${columnsOf(data).join(' | ')} |
| --- | --- | ${data.clients.map(() => ':-:').join(' | ')} |
${lines.join('\n')}`;
}

function findings({ letters }: ScoreboardData): string {
  const rows = [...letters].map(([says, letter]) => `| ${letter} | ${says} |`);
  return `## What the letters say

| | The client |
| --- | --- |
${rows.join('\n')}

Two things are not in the tables, because the drivers take more care than the clients' documentation asks for, so that
one defect does not stand in every row:

- xsai: a caller who reads only the stream of \`streamText\` leaves its promises unheard, and a stream that fails then ends
  the process (\`clients/xsai/unheard.test.ts\`).
- LangChain: chunks that are joined, which is how LangChain's own callbacks get the whole message, add up the running
  token counts of the native wire and glue the reasons of the end together, such as \`nullnullstop\`
  (\`clients/langchain-tongyi/joined-chunks.test.ts\`).`;
}

function notApplicable({ clients }: ScoreboardData): string {
  const rows = clients.flatMap(({ client, results }) => {
    const reasons = new Map<string, number>();
    for (const { judgment } of results) {
      if (judgment.verdict !== 'not-applicable') continue;
      reasons.set(judgment.because ?? '', (reasons.get(judgment.because ?? '') ?? 0) + 1);
    }
    return [...reasons].map(([because, count]) => `| ${client.label} | ${count} | ${because} |`);
  });
  return `## What does not apply

| Client | Cases | Because |
| --- | --: | --- |
${rows.join('\n')}`;
}

function unseen({ clients }: ScoreboardData): string {
  const rows = clients.flatMap(({ client, results }) => {
    const counts = new Map<string, number>();
    for (const { view } of results)
      for (const path of view?.unseen ?? []) counts.set(path, (counts.get(path) ?? 0) + 1);
    const text = [...counts]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([path, count]) => `${path} (${count})`)
      .join(', ');
    return text === '' ? [] : [`| ${client.label} | ${text} |`];
  });
  return `## What is stated and not shown

What cases state and these clients have no member for, with the number of cases; it is not compared (◐).

| Client | Members |
| --- | --- |
${rows.join('\n')}`;
}
