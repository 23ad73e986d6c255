import type { CostReport, CostSum } from '@qwire/workspaces';

/** Goes up when a member changes its meaning or goes away; new members may come at any time. */
const schemaVersion = 1;

/** A report for programs: amounts are text, as exact as they are; what is not known is null. */
export function costsJson({ by, from, to, timeZone, groups, total }: CostReport): string {
  const report = {
    schemaVersion,
    by,
    from: from ?? null,
    to: to ?? null,
    timeZone,
    groups: groups.map(({ key, ...sum }) => ({
      key: Object.fromEntries(by.map((dimension) => [dimension, key[dimension] ?? null])),
      ...sumJson(sum),
    })),
    total: sumJson(total),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function sumJson({ unpriced, ...sum }: CostSum) {
  return { ...sum, unpriced: unpriced.map(({ reason = null, ...calls }) => ({ ...calls, reason })) };
}
