import type { CostReport } from '@qwire/workspaces';
import { colors } from '../colors.ts';
import { wrapText } from '../doctor/wrap-text.ts';
import { visible } from '../visible.ts';
import { costsTable } from './costs-table.ts';
import { unpricedText } from './unpriced-text.ts';

/** Lines of text are not longer than this, however wide the terminal. */
const widestText = 100;

/** A report for reading, in lines that fit. */
export function costsText(report: CostReport, width: number): string {
  const textWidth = Math.min(width, widestText);
  const { total } = report;
  const parts =
    total.calls === 0
      ? [paragraph(emptyText(report))]
      : [
          `${colors.bold(paragraph(titleOf(report)))}\n${colors.dim(paragraph(scopeOf(report)))}`,
          costsTable(report, width),
          ...(total.unpriced.length > 0 ? [unpricedText(total.unpriced, textWidth)] : []),
          ...(total.costs.length > 0 ? [colors.dim(paragraph(basisOf(report)))] : []),
        ];
  return `${parts.join('\n\n')}\n`;

  function paragraph(text: string): string {
    return wrapText(text, { width: textWidth, indent: '' });
  }
}

function titleOf({ by }: CostReport): string {
  const names = by.map(visible);
  const last = names.pop() ?? '';
  return `Costs by ${names.length > 0 ? `${names.join(', ')} and ${last}` : last}`;
}

function scopeOf(report: CostReport): string {
  const span = spanOf(report);
  if (span !== undefined) return `Calls ${span}.`;
  return report.by.includes('day') ? `All calls; days are those of ${report.timeZone}.` : 'All calls.';
}

/** `undefined` when all calls count. */
function spanOf({ from, to, timeZone }: CostReport): string | undefined {
  const ends = [
    ...(from === undefined ? [] : [`from ${momentIn(from, timeZone)}`]),
    ...(to === undefined ? [] : [`before ${momentIn(to, timeZone)}`]),
  ];
  return ends.length === 0 ? undefined : `${ends.join(' and ')} in ${timeZone}`;
}

/** Such as `2026-11-01 08:00`, with seconds only where there are some. */
function momentIn(moment: string, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Date(moment).toLocaleString('sv-SE', { timeZone }).replace(/:00$/, '');
}

function basisOf({ total: { costs, priceTables } }: CostReport): string {
  return [
    `By the price tables of ${priceTables.join(', ')}; free quotas, savings plans and discounts are not known here.`,
    ...(costs.length > 1 ? ['Currencies are not added up.'] : []),
  ].join(' ');
}

function emptyText(report: CostReport): string {
  const span = spanOf(report);
  return span === undefined
    ? 'The ledger has no calls yet. They are recorded by createWorkspaces({ ledger }), or by recordUsage({ store }) in the interceptors of a client.'
    : `No calls ${span}. Without --from and --to all calls count.`;
}
