import type { ModelPrice, Rate, Tier } from '../price-table.ts';

/**
 * Upper bounds of tiers, as the pages write them. K is taken as 1,024 and 1M as 1,000,000: so the service's own metadata
 * states the contexts that the pages call 32K, 128K, 256K and 1M, and only so does the last tier of qwen3-max and
 * qwen3-vl-plus cover what these models take (258,048 and 260,096 tokens, in a tier that ends at 256K). Other price lists
 * read K as 1,000; between the two readings a price is doubtful. Bounds belong to the lower tier (`input<=128K`).
 */
const bounds = {
  '32K': { upTo: 32 * 1024, doubtfulAbove: 32_000 },
  '128K': { upTo: 128 * 1024, doubtfulAbove: 128_000 },
  '200K': { upTo: 200 * 1024, doubtfulAbove: 200_000 },
  '256K': { upTo: 256 * 1024, doubtfulAbove: 256_000 },
  '1M': { upTo: 1_000_000 },
  flat: {},
} satisfies Record<string, Pick<Tier, 'upTo' | 'doubtfulAbove'>>;

/** A cell of a price page; `undefined` where it is empty. */
export type Cell = Rate | undefined;

/** A line of a price page: the model, the largest input, then the columns. */
export type PriceRow = readonly [model: string, bound: keyof typeof bounds, ...cells: Cell[]];

export type Column = Exclude<keyof Tier, 'upTo' | 'doubtfulAbove'>;

/** One price for each model, its lines as tiers. The last tier has no next one, so nothing about its end is in doubt. */
export function readRows(columns: readonly Column[], rows: readonly PriceRow[]): readonly ModelPrice[] {
  const tiers = new Map<string, Tier[]>();
  for (const [model, bound, ...cells] of rows) {
    const known = columns.flatMap((column, index) => {
      const cell = cells[index];
      return cell === undefined ? [] : [[column, cell] as const];
    });
    const tier = { ...bounds[bound], ...Object.fromEntries(known) } as Tier;
    tiers.set(model, [...(tiers.get(model) ?? []), tier]);
  }
  return [...tiers].map(([models, list]) => ({ models, tiers: list }));
}
