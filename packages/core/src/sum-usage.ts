import { unreportedUsage } from './collect-response.ts';
import type { Usage } from './usage.ts';

/** The usage of several calls together. A number that any of them did not report is not known of all. */
export function sumUsage(usages: readonly Usage[]): Usage {
  const [first = unreportedUsage, ...others] = usages;
  return others.reduce(add, first);
}

function add(left: Usage, right: Usage): Usage {
  const members = Object.entries(left).flatMap(([name, value]) => {
    const other = right[name as keyof Usage];
    if (typeof value === 'number' && typeof other === 'number') return [[name, value + other]];
    // Words, such as the type of the cache.
    return value === other && value !== undefined ? [[name, value]] : [];
  });
  return { ...unreportedUsage, ...Object.fromEntries(members) };
}
