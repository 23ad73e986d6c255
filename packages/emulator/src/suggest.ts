import { closest, distance } from 'fastest-levenshtein';

/** "did you mean" for a near miss; else `otherwise`, or all that would be right. */
export function suggest(given: string, known: readonly string[], otherwise?: string): string {
  if (known.length === 0) return 'nothing is allowed here';
  const nearest = closest(given.toLowerCase(), [...known]);
  if (distance(given.toLowerCase(), nearest) <= Math.max(2, given.length / 3))
    return `did you mean "${nearest}"?`;
  return otherwise ?? `one of: ${known.join(', ')}`;
}
