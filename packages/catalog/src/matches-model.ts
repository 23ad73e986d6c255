import type { ModelPattern } from './model-facts.ts';

/** Whether one of the patterns means the model of that id. */
export function matchesModel(patterns: ModelPattern | readonly ModelPattern[], id: string): boolean {
  const lowerCase = id.toLowerCase();
  return [patterns].flat().some((pattern) => isMatch(pattern, lowerCase));
}

function isMatch(pattern: ModelPattern, id: string): boolean {
  // `search` is not led astray by the place where a global expression stopped before.
  if (typeof pattern !== 'string') return id.search(pattern) !== -1;
  const pieces = pattern.toLowerCase().split('*');
  const literal = pieces.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(id);
}
