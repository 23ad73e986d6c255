/** Whether an id is one of the patterns, in which `*` stands for any characters. Case does not matter. */
export function matchesModel(patterns: string | readonly string[], id: string): boolean {
  const lowerCase = id.toLowerCase();
  return [patterns].flat().some((pattern) => isMatch(pattern, lowerCase));
}

/** Piece by piece: a regular expression would try each star again with every other. */
function isMatch(pattern: string, id: string): boolean {
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
