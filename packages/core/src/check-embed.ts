import {
  anObject,
  type Check,
  checkJson,
  checkObject,
  filledText,
  isListOf,
  needed,
  oneOf,
  whole,
} from './check.ts';
import type { EmbedRequest } from './embed.ts';

const embedChecks = () =>
  ({
    model: needed({ ...filledText, what: 'a model id, such as "text-embedding-v4"' }),
    input: needed({
      what: 'text, or a list of texts, none of them empty',
      accepts: (value) =>
        filledText.accepts(value) || (isListOf(value, filledText.accepts) && value.length > 0),
    }),
    dimensions: whole(1),
    textType: oneOf('document', 'query'),
    instruction: filledText,
    output: oneOf('dense', 'sparse', 'dense&sparse'),
    extra: anObject,
  }) satisfies Record<keyof EmbedRequest, Check>;

/** @throws QwireError of kind `invalid-request` that names the member and the fix. */
export function checkEmbedRequest(request: EmbedRequest): void {
  checkObject(request, embedChecks, { field: '' });
  checkJson(request.extra ?? {}, 'extra');
}
