import type { CostSum } from '@qwire/workspaces';

/** How many calls are in no sum, because their cost is not known. */
export function countUnpriced({ unpriced }: Pick<CostSum, 'unpriced'>): number {
  return unpriced.reduce((sum, { calls }) => sum + calls, 0);
}
