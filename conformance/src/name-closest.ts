import { distance } from 'fastest-levenshtein';

/** The candidate that was probably meant: the nearest one, when few letters differ. */
export function nameClosest(text: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distance(text.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [nearest] = ranked;
  return nearest && nearest.far <= Math.max(2, text.length * 0.4) ? nearest.candidate : undefined;
}

/** `; did you mean "text"?`, or all candidates when none is near and they are few; empty when there is nothing to say. */
export function suggest(text: string, candidates: readonly string[]): string {
  const meant = nameClosest(text, candidates);
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return candidates.length > 0 && candidates.length <= 12 ? `; use ${listNames(candidates)}` : '';
}

/** Such as `"must", "should" or "may"`. */
export function listNames(names: readonly unknown[]): string {
  const quoted = names.map((name) => JSON.stringify(name));
  const last = quoted.pop() ?? '';
  return quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last;
}
