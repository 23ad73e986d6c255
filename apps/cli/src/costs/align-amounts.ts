import { formatMoney, type Money } from '@qwire/workspaces';

/** The amounts of a column with their points one below the other, all digits kept; a dash where there is none. */
export function alignAmounts(amounts: readonly (Money | undefined)[]): readonly string[] {
  const parts = amounts.map((money) => {
    if (!money) return ['–', ''] as const;
    const [whole = '', fraction = ''] = formatMoney(money)
      .slice(money.currency.length + 1)
      .split('.');
    return [whole, `.${fraction}`] as const;
  });
  const widest = (index: 0 | 1) => Math.max(...parts.map((part) => part[index].length));
  return parts.map(([whole, fraction]) => whole.padStart(widest(0)) + fraction.padEnd(widest(1)));
}
