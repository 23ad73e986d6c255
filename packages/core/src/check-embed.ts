import { type Check, checkJson, checkObject, filledText, isListOf, needed, whole } from './check.ts';
import type { EmbedRequest } from './embed.ts';
import { isRecord } from './json.ts';

const outputs = ['dense', 'sparse', 'dense&sparse'];

const embedChecks = {
  model: needed({ ...filledText, what: 'a model id, such as "text-embedding-v4"' }),
  input: needed({
    what: 'text, or a list of texts, none of them empty',
    accepts: (value) =>
      filledText.accepts(value) || (isListOf(value, filledText.accepts) && value.length > 0),
  }),
  dimensions: whole('a whole number from 1', 1),
  textType: {
    what: '"document" or "query"',
    accepts: (value) => value === 'document' || value === 'query',
  },
  instruction: filledText,
  output: { what: outputs.join(', '), accepts: (value) => outputs.some((known) => known === value) },
  extra: { what: 'an object', accepts: isRecord },
} satisfies Record<keyof EmbedRequest, Check>;

/** @throws QwireError of kind `invalid-request` that names the member and the fix. */
export function checkEmbedRequest(request: EmbedRequest): void {
  checkObject(request, embedChecks, { field: '' });
  checkJson(request.extra ?? {}, 'extra');
}
