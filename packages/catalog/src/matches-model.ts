import type { ModelPattern } from './model-facts.ts';

/** Whether one of the patterns means the model of that id. */
export function matchesModel(patterns: ModelPattern | readonly ModelPattern[], id: string): boolean {
  const lowerCase = id.toLowerCase();
  return [patterns].flat().some((pattern) => isMatch(pattern, lowerCase));
}

/** Piece by piece: one expression for all would try each star again with every other. */
function isMatch(pattern: ModelPattern, id: string): boolean {
  // `search` is not led astray by the place where a global expression stopped before.
  if (typeof pattern !== 'string') return id.search(pattern) !== -1;
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return id === first;
  // A star stands for no line end.
  if (!id.startsWith(first) || /[\n\r\u2028\u2029]/.test(id)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = id.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at + last.length <= id.length && id.endsWith(last);
}
