import { QwireError } from '@qwire/core/adapter-kit';

/** Gives what is new in a text, which is told from others by its name. */
export type DeltaReader = (text: string, name: string) => string;

/** Takes what is new out of a text that each frame repeats from its beginning. */
export function createDeltaReader({ cumulative }: { readonly cumulative: boolean }): DeltaReader {
  if (!cumulative) return asSent;
  const known = new Map<string, string>();
  return (text, name) => {
    if (text === '') return text;
    const before = known.get(name) ?? '';
    if (!text.startsWith(before)) {
      throw new QwireError('The cumulative stream took back text that it had sent', {
        kind: 'invalid-response',
      });
    }
    known.set(name, text);
    return text.slice(before.length);
  };
}

const asSent: DeltaReader = (text) => text;
