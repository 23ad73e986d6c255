import type { EmbedRequest } from '@qwire/core';
import type { ModelFacts } from './model-facts.ts';
import type { Repair } from './repair.ts';

/** A call of an embedding model, with what is known about the model. */
export interface EmbedAsked {
  readonly request: EmbedRequest;
  /** Calls to be sent after it for the texts that it could not take. */
  readonly rest: readonly EmbedRequest[];
  readonly facts: ModelFacts;
}

/** @see https://www.alibabacloud.com/help/en/model-studio/text-embedding-synchronous-api */
export const embedRepairs: readonly Repair<EmbedAsked>[] = [
  {
    name: 'dimensions that the model does not offer',
    find: ({ request: { model, dimensions }, facts }) =>
      dimensions === undefined || (facts.dimensions?.includes(dimensions) ?? true)
        ? undefined
        : {
            field: 'dimensions',
            problem: `${model} does not offer ${dimensions}`,
            fix: `use ${facts.dimensions?.join(', ')}`,
          },
  },
  {
    name: 'more texts than the model takes at once',
    find: ({ request, facts }) => {
      const { model, input } = request;
      const { maxTexts: most = Number.POSITIVE_INFINITY } = facts;
      if (typeof input === 'string' || input.length <= most) return undefined;
      const rest = inPieces(input.slice(most), most).map((piece) => ({ ...request, input: piece }));
      return {
        field: 'input',
        problem: `${model} takes ${most} texts at once, not ${input.length}`,
        fix: 'split them',
        repaired: {
          done: `sent in ${rest.length + 1} calls`,
          asked: { request: { ...request, input: input.slice(0, most) }, rest, facts },
        },
      };
    },
  },
];

function inPieces<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}
