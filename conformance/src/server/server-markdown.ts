import type { CaseIndex } from '../load-cases.ts';
import { describeDifferences } from '../report/describe-differences.ts';
import { countServerVerdicts, type ServerReport, type ServerResult } from './server-report.ts';

/** The run as Markdown: one line for each case, then each that differs with its sources. */
export function serverMarkdown(report: ServerReport, { sources }: Pick<CaseIndex, 'sources'>): string {
  const { server, results, startedAt, suiteVersion, casesDigest, interrupted, problems, clients } = report;
  const rows = results.map(({ case: id, verdict, because = '' }) => `| ${id} | ${verdict} | ${because} |`);
  const details = results
    .filter(({ verdict }) => verdict === 'differs' || verdict === 'error')
    .map((result) => `### ${result.case}\n\n${detailsOf(result, sources)}`);
  const seenBy = clients.length === 0 ? '' : `, as seen by ${clients.map(({ name }) => name).join(' and ')}`;
  return `${[
    `# ${server}`,
    `${countServerVerdicts(results)}${seenBy}. Suite ${suiteVersion}, cases ${casesDigest}, ${startedAt.slice(0, 10)}.`,
    ...(interrupted ? ['The run was stopped before its end.'] : []),
    ...problems,
    ['| Case | Verdict | |', '| --- | --- | --- |', ...rows].join('\n'),
    ...details,
  ].join('\n\n')}\n`;
}

function detailsOf(
  { title, differences, outcomes, because, sources: cited }: ServerResult,
  sources: CaseIndex['sources'],
) {
  return [
    title,
    ...lines(describeDifferences({ because: because ?? '', differences })),
    ...outcomes.flatMap(({ client, because: why, differences: seen }) =>
      lines(describeDifferences({ because: why ?? '', differences: seen })).map(
        (line) => `- ${client}: ${line.slice(2)}`,
      ),
    ),
    ...cited.map(
      ({ source, section }) => `- ${[sources[source]?.url ?? source, section].filter(Boolean).join(', ')}`,
    ),
  ].join('\n');
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => `- ${line}`);
}
