import * as z from 'zod';
import type { EmbeddedText, EmbeddingWire } from '../embeddings/embedding-wire.ts';
import { readBody } from '../read-body.ts';
import { writeRefusal } from './errors.ts';

const outputs = ['dense', 'sparse', 'dense&sparse'] as const;

const requestSchema = z.strictObject({
  model: z.string(),
  input: z.strictObject({ texts: z.array(z.string().min(1)).min(1) }),
  parameters: z
    .strictObject({
      text_type: z.enum(['document', 'query']).nullish(),
      dimension: z.int().nullish(),
      output_type: z.enum(outputs).nullish(),
      instruct: z.string().nullish(),
    })
    .nullish(),
});

/** The text embedding service. */
export const embeddings: EmbeddingWire = {
  name: 'dashscope',
  readCall(value) {
    const { body, unknownParameters } = readBody(requestSchema, value);
    const { dimension, output_type: output } = body.parameters ?? {};
    const call = {
      texts: body.input.texts,
      dimensions: dimension ?? undefined,
      dense: output !== 'sparse',
      sparse: output === 'sparse' || output === 'dense&sparse',
    };
    return { call, unknownParameters };
  },
  writeReply: ({ requestId, texts, tokens }) => ({
    output: { embeddings: texts.map(writeText) },
    usage: { total_tokens: tokens },
    request_id: requestId,
  }),
  writeRefusal,
};

function writeText({ vector, sparse }: EmbeddedText, index: number): unknown {
  return {
    text_index: index,
    ...(vector && { embedding: vector }),
    ...(sparse && { sparse_embedding: sparse }),
  };
}
