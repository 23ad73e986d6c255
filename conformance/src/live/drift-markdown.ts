import type { Difference } from '../compare-outcome.ts';
import { describeDifferences } from '../report/describe-differences.ts';
import { countDrift, type DriftEntry, type DriftReport } from './drift-report.ts';
import { formatCost } from './plan-live.ts';

/** The report for reading: a line on the run, a table, and each drift in its three parts. */
export function driftMarkdown(report: DriftReport): string {
  const { service, models, clients, calls, maxCalls, currency, cost, maxCost, entries, startedAt } = report;
  const rows = entries.map(
    ({ case: id, client, verdict, costClass, because = '' }) =>
      `| ${id} | ${client} | ${verdict} | ${costClass} | ${because} |`,
  );
  return `${[
    `# Drift of ${service.join(' and ')}, ${startedAt.slice(0, 10)}`,
    `${countDrift(entries)}. ${calls} of ${maxCalls} calls, ${formatCost(cost, currency)} of ${formatCost(maxCost, currency)} by prices of ${report.pricesOf}.`,
    `Models ${models.join(', ')}; ${clients.map(({ name, version }) => `${name} ${version}`).join(', ')}; suite ${report.suiteVersion}, cases ${report.casesDigest}.`,
    ...(report.interrupted ? ['The run was stopped before its end.'] : []),
    ['| Case | Client | Verdict | Cost | |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
    ...entries.filter(({ verdict }) => verdict === 'drift' || verdict === 'error').map(describeDrift),
    'No case is changed by this. A drift becomes a new case, a deviation with the cause service-differs-from-document, or a question to the vendor.',
  ].join('\n\n')}\n`;
}

/** One drift: the document, the service, the client. */
export function describeDrift({
  case: id,
  title,
  client,
  because,
  document,
  service,
  adapter,
}: DriftEntry): string {
  const sources = document.sources.map(({ url, section }) => [url, section].filter(Boolean).join(', '));
  const status = service?.status === undefined ? 'no reply' : `status ${service.status}`;
  return [
    `## ${id} (${client})`,
    title,
    ...(because === undefined ? [] : [because]),
    [
      'The document says:',
      ...document.says.map((line) => `- ${line}`),
      ...sources.map((line) => `- ${line}`),
    ].join('\n'),
    [
      `The service sent: ${status}, ${service?.contentType ?? 'no content type'}`,
      ...lines(service?.differences),
    ].join('\n'),
    ...(service?.body ? [fenced(service.body)] : []),
    [`The client saw: ${adapter?.outcome.ended ?? 'nothing'}`, ...lines(adapter?.differences)].join('\n'),
  ].join('\n\n');
}

function lines(differences: readonly Difference[] = []): string[] {
  if (differences.length === 0) return ['- nothing that is not documented'];
  return describeDifferences({ differences })
    .split('\n')
    .map((line) => `- ${line}`);
}

/** A fence that no fence in the text can end. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}\n${text.slice(0, 1000)}\n${fence}`;
}
