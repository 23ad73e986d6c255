import type { CostSum, UnpricedCalls } from '@qwire/workspaces';
import { colors } from '../colors.ts';
import { wrapText } from '../doctor/wrap-text.ts';
import { visible } from '../visible.ts';
import { countUnpriced } from './count-unpriced.ts';

type Reason = NonNullable<UnpricedCalls['reason']> | 'unknown';

/** Why, and what can be done about it. */
const reasons: Readonly<Record<Reason, string>> = {
  'no-price':
    'No price is known for these. For calls to come, createPriceBook takes yours, and the ledger takes it as "prices".',
  'no-usage': 'These reported no tokens. The service does not charge for what it refuses.',
  incomplete:
    'These were left, aborted or broke off, and may cost more than was reported. For calls to come, the ledger reads what is left to its end with whenLeft: "drain".',
  'no-region':
    'The region, or where it computes, was not known. For calls to come, give the ledger a "region", and its price book "scopes".',
  unknown: 'The ledger does not say why.',
};

/** The calls whose cost is not known, by reason: they are apart from the sums, and not free. */
export function unpricedText(unpriced: CostSum['unpriced'], width: number): string {
  const count = countUnpriced({ unpriced });
  const head = `Not priced, which is not free: ${count.toLocaleString('en-US')} ${count === 1 ? 'call' : 'calls'}, in no sum`;
  const parts = Object.entries(reasons).flatMap(([reason, text]) => {
    const entries = unpriced.filter((entry) => (entry.reason ?? 'unknown') === reason);
    if (entries.length === 0) return [];
    return [wrapText(text, { width, indent: '  ' }), ...byModel(entries, width)];
  });
  return [colors.yellow(wrapText(head, { width, indent: '' })), ...parts].join('\n');
}

function byModel(entries: readonly UnpricedCalls[], width: number): readonly string[] {
  return [...Map.groupBy(entries, ({ model }) => model)].map(([model, own]) => {
    const counts = own.map(({ outcome, calls }) => `${calls.toLocaleString('en-US')} ${outcome}`);
    return wrapText(`${visible(model)}: ${counts.join(', ')}`, { width, indent: '    ' });
  });
}
