import * as z from 'zod';
import type { EmbeddingReply, EmbeddingWire } from '../embeddings/embedding-wire.ts';
import { readBody } from '../read-body.ts';
import { Refusal } from '../refusal.ts';
import { writeRefusal } from './errors.ts';

const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error:
    '<400> InternalError.Algo.InvalidParameter: Value error, contents is neither str nor list of str.: input.contents',
});

const requestSchema = z.strictObject({
  model: z.string(),
  input: texts,
  dimensions: z.int().nullish(),
  encoding_format: z
    .literal('float', {
      error: '<400> InternalError.Algo.InvalidParameter: encoding_format only support with [float]',
    })
    .nullish(),
  user: z.unknown().optional(),
});

/**
 * `POST /embeddings`. Its errors have the native spelling inside the envelope, and a bare id.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/embedding-interfaces-compatible-with-openai
 */
export const embeddings: EmbeddingWire = {
  name: 'openai-compatible',
  readCall(value) {
    const { body, unknownParameters } = readBody(requestSchema, value);
    const call = {
      texts: [body.input].flat(),
      dimensions: body.dimensions ?? undefined,
      dense: true,
      sparse: false,
    };
    return { call, unknownParameters };
  },
  writeReply: ({ model, requestId, texts, tokens }: EmbeddingReply) => ({
    data: texts.map(({ vector }, index) => ({ embedding: vector, index, object: 'embedding' })),
    model,
    object: 'list',
    usage: { prompt_tokens: tokens, total_tokens: tokens },
    id: requestId,
  }),
  writeRefusal: (refusal, context) => writeRefusal(inNativeWords(refusal), { ...context, bareId: true }),
};

// Seen for wrong parameters; what else there is to refuse is refused before this service is asked.
function inNativeWords(refusal: Refusal): Refusal {
  const { native, ...rest } = refusal.error;
  if (!native.code.startsWith('InvalidParameter')) return refusal;
  return new Refusal({
    ...rest,
    native,
    compatible: { code: native.code, type: native.code },
    layer: 'gateway',
  });
}
