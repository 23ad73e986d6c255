import type { Usage } from '@qwire/core';
import { unreportedUsage } from '@qwire/core/adapter-kit';

/** Counts that every call reported, added up. What one of them left out is not known of all. */
export function sumUsage(usages: readonly Usage[]): Usage {
  const [first, ...rest] = usages.map((usage) => new Map<string, unknown>(Object.entries(usage)));
  const sums = [...(first ?? [])].map(([name, value]) => [
    name,
    rest.reduce((sum, usage) => add(sum, usage.get(name)), value),
  ]);
  return { ...unreportedUsage, ...Object.fromEntries(sums.filter(([, sum]) => sum !== undefined)) };
}

function add(sum: unknown, value: unknown): unknown {
  if (typeof sum === 'number' && typeof value === 'number') return sum + value;
  return sum === value ? sum : undefined;
}
