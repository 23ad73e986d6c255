/** Whether an id is one of the patterns, in which `*` stands for any characters. Case does not matter. */
export function matchesModel(patterns: string | readonly string[], id: string): boolean {
  return [patterns].flat().some((pattern) => toExpression(pattern).test(id));
}

function toExpression(pattern: string): RegExp {
  const literal = pattern.split('*').map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i');
}
