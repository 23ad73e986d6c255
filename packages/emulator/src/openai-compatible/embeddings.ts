import * as z from 'zod';
import type { EmbeddingReply, EmbeddingWire } from '../embeddings/embedding-wire.ts';
import { readBody } from '../read-body.ts';
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

/** `POST /embeddings`. Its errors have the native spelling inside the envelope, and a bare id. */
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
  writeRefusal(refusal, context) {
    const { native, status } = refusal.error;
    const written = writeRefusal(refusal, context);
    if (status !== 400) return written;
    const { requestId } = context;
    const error = { message: native.message, type: native.code, param: null, code: native.code };
    return { ...written, body: JSON.stringify({ error, id: requestId, request_id: requestId }) };
  },
};
