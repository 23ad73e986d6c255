import type { Translation } from './chat-call.ts';

/** What a translation model answers without a rule: the same text, marked with its language, its terms replaced. */
export function translate(text: string, { to, terms, memory }: Translation): string {
  const known = memory.find(({ source }) => source === text);
  if (known) return known.target;
  const replaced = terms.reduce((sum, { source, target }) => sum.replaceAll(source, target), text);
  return `[${to}] ${replaced}`;
}
