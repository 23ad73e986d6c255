import type { Embedding, EmbedRequest, EmbedResponse } from '@qwire/core';
import {
  asIndex,
  asList,
  asText,
  inOrder,
  invalid,
  isNumbers,
  isRecord,
  isServiceError,
  parseJson,
  QwireError,
  serviceError,
  type WireFormat,
  type WireRequest,
} from '@qwire/core/adapter-kit';
import { readRequestId } from './request-id.ts';
import { readUsage } from './usage.ts';

const nativeOnly = ['textType', 'instruction', 'output'] as const satisfies readonly (keyof EmbedRequest)[];

/** Members that the request says with words of its own. */
const reserved = ['model', 'input'];

/**
 * `POST /embeddings`. The format is always asked for: the service knows no other.
 *
 * @throws QwireError of kind `invalid-request` for what this wire cannot say.
 * @see https://www.alibabacloud.com/help/en/model-studio/embedding-interfaces-compatible-with-openai
 */
export function writeEmbed(request: EmbedRequest): WireRequest {
  const { model, input, dimensions, extra } = request;
  for (const member of nativeOnly) {
    if (request[member] !== undefined)
      throw invalid(member, 'has no words on this wire; use @qwire/dashscope');
  }
  for (const name of reserved) {
    if (extra && name in extra) throw invalid(`extra.${name}`, 'cannot be set here; use the request itself');
  }
  return {
    path: '/embeddings',
    headers: { accept: 'application/json' },
    body: {
      model,
      input,
      ...(dimensions === undefined ? {} : { dimensions }),
      encoding_format: 'float',
      ...extra,
    },
    warnings: [],
  };
}

export const readEmbed: WireFormat['readEmbed'] = (text, { request, head }): EmbedResponse => {
  const body = parseJson(text);
  if (isServiceError(body, text))
    throw serviceError({ status: head.status, headers: head.headers, body: text });
  if (!isRecord(body)) throw noVectors(head.status);
  const embeddings = inOrder(asList(body.data)).map(readEmbedding);
  // A text without its vector; see embed/vector-missing.
  const isWhole = embeddings.length === [request.input].flat().length;
  if (!isWhole || embeddings.some(({ vector }) => vector.length === 0)) throw noVectors(head.status);
  return {
    embeddings,
    usage: readUsage(body.usage),
    warnings: [],
    requestId: readRequestId(body, head.headers),
    model: asText(body.model) ?? request.model,
    raw: body,
  };
};

function readEmbedding(item: Readonly<Record<string, unknown>>, position: number): Embedding {
  const { index, embedding } = item;
  return { index: asIndex(index) ?? position, vector: isNumbers(embedding) ? embedding : [] };
}

function noVectors(status: number): QwireError {
  return new QwireError('The service did not answer with one vector for each text', {
    kind: 'invalid-response',
    status,
    hint: 'Check that the base URL leads to the OpenAI-compatible wire, /compatible-mode/v1.',
  });
}
