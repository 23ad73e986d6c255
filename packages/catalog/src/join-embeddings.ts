import type { EmbedResponse, Warning } from '@qwire/core';
import { sumUsage } from '@qwire/core/adapter-kit';

/** The reply to one call out of several, with how many texts came before its own. */
export interface EmbedPiece {
  readonly before: number;
  readonly response: EmbedResponse;
}

/**
 * The replies to several calls as the reply to one: the first request id, and `raw` a list. All request ids are in a
 * warning.
 */
export function joinEmbeddings(first: EmbedResponse, rest: readonly EmbedPiece[]): EmbedResponse {
  const all = [first, ...rest.map(({ response }) => response)];
  const shifted = rest.map(({ before, response: { embeddings } }) =>
    embeddings.map((embedding) => ({ ...embedding, index: before + embedding.index })),
  );
  const ids = all.map(({ requestId }) => requestId ?? 'none').join(', ');
  return {
    ...first,
    embeddings: [...first.embeddings, ...shifted.flat()],
    usage: sumUsage(all.map(({ usage }) => usage)),
    warnings: [
      { field: 'input', message: `The request ids of the ${all.length} calls are ${ids}` },
      ...different(all.flatMap(({ warnings }) => warnings)),
    ],
    raw: all.map(({ raw }) => raw),
  };
}

/** Each call has the same to say about what they have in common. */
function different(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}
