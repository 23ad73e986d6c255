import { regions } from '@qwire/core';
import { formatMoney, type ProofPlan } from '@qwire/workspaces';
import { table } from '../table.ts';
import { outputWidth, wrapText } from './wrap-text.ts';

/** What is about to be spent, and where keys are about to be sent. */
export function planText({ calls, costs, unpriced, priceTables, tryRegions }: ProofPlan): string {
  const width = outputWidth();
  const rows = calls.map(({ workspace, model, cost }) => [
    `  ${workspace}`,
    model,
    cost ? formatMoney(cost) : 'not priced',
  ]);
  const wide = table(rows);
  const narrow = rows.map((row) => row.join(' ')).join('\n');
  const fits = wide.split('\n').every((line) => line.length <= width);
  return [
    paragraph(`${count(calls.length, 'call')} of one token would prove the rest:`),
    fits ? wide : narrow,
    paragraph(costText({ calls, costs, priceTables, unpriced })),
    ...(tryRegions.length > 0 ? [paragraph(regionsText(tryRegions))] : []),
  ].join('\n');

  function paragraph(text: string): string {
    return wrapText(text, { width, indent: '' });
  }
}

function costText({ calls, costs, priceTables, unpriced }: Omit<ProofPlan, 'tryRegions'>): string {
  const known =
    costs.length > 0
      ? `Together about ${costs.map((cost) => formatMoney(cost)).join(' and ')}, by the prices of ${priceTables.join(', ')}.`
      : '';
  const models = unpriced.map((model) => withRegions(model, calls)).join(', ');
  const unknown = models ? `Not priced, which is not free: ${models}.` : '';
  return [known, unknown].filter(Boolean).join(' ');
}

/** A model that has a price in another region is named with the regions where it has none. */
function withRegions(model: string, calls: ProofPlan['calls']): string {
  const own = calls.filter((call) => call.model === model);
  if (own.every(({ cost }) => cost === undefined)) return model;
  const unpriced = own.filter(({ cost }) => cost === undefined);
  return `${model} in ${[...new Set(unpriced.map(({ region }) => region ?? 'no region'))].join(' and ')}`;
}

function regionsText(tryRegions: ProofPlan['tryRegions']): string {
  const hosts = tryRegions.map((region) => regions[region].sharedHost ?? `the workspace's host in ${region}`);
  return `A key that is refused will also be sent, with one such call, to: ${hosts.join(', ')}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
