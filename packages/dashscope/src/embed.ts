import type { Embedding, EmbedRequest, EmbedResponse, SparseValue } from '@qwire/core';
import {
  asIndex,
  asList,
  asNumber,
  asRecord,
  asText,
  inOrder,
  isNumbers,
  isRecord,
  isServiceError,
  parseJson,
  QwireError,
  renamed,
  type WireFormat,
  type WireRequest,
} from '@qwire/core/adapter-kit';
import { readError } from './read-error.ts';
import { readRequestId } from './request-id.ts';
import { readUsage } from './usage.ts';

const parameters = {
  dimensions: 'dimension',
  textType: 'text_type',
  instruction: 'instruct',
  output: 'output_type',
} as const satisfies Partial<Record<keyof EmbedRequest, string>>;

/**
 * The text embedding service.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/text-embedding-synchronous-api
 */
export function writeEmbed(request: EmbedRequest): WireRequest {
  const { model, input, extra } = request;
  return {
    path: '/services/embeddings/text-embedding/text-embedding',
    headers: { accept: 'application/json' },
    body: {
      model,
      input: { texts: [input].flat() },
      parameters: { ...renamed(request, parameters), ...extra },
    },
    warnings: [],
  };
}

export const readEmbed: WireFormat['readEmbed'] = (text, { request, head }): EmbedResponse => {
  const body = parseJson(text);
  if (isServiceError(body, text)) throw readError({ status: head.status, headers: head.headers, body: text });
  if (!isRecord(body)) throw noVectors(head.status);
  const items = inOrder(asList(asRecord(body.output).embeddings), 'text_index');
  const embeddings = items.map(readEmbedding);
  // A text without its vector; see embed/vector-missing.
  const isWhole =
    embeddings.length === [request.input].flat().length && embeddings.every(hasVector) && !items.some(hasGap);
  if (!isWhole) throw noVectors(head.status);
  return {
    embeddings,
    usage: readUsage(body.usage),
    warnings: [],
    requestId: readRequestId(body, head.headers),
    model: request.model,
    raw: body,
  };
};

function readEmbedding(item: Readonly<Record<string, unknown>>, position: number): Embedding {
  const { text_index: index, embedding, sparse_embedding: sparse } = item;
  return {
    index: asIndex(index) ?? position,
    vector: isNumbers(embedding) ? embedding : [],
    ...(Array.isArray(sparse) ? { sparse: sparse.flatMap(readSparseValue) } : {}),
  };
}

/** Entries that say nothing of their place or weight are no part of a vector, which then is none. */
function readSparseValue(entry: unknown): readonly SparseValue[] {
  const { index: place, value: weight, token } = asRecord(entry);
  const index = asIndex(place);
  const value = asNumber(weight);
  if (index === undefined || value === undefined) return [];
  const text = asText(token);
  return [{ index, value, ...(text === undefined ? {} : { token: text }) }];
}

function hasVector({ vector, sparse = [] }: Embedding): boolean {
  return vector.length > 0 || sparse.length > 0;
}

function hasGap({ embedding }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(embedding) && !isNumbers(embedding);
}

function noVectors(status: number): QwireError {
  return new QwireError('The service did not answer with one vector for each text', {
    kind: 'invalid-response',
    status,
    hint: 'Check that the base URL leads to the native wire, /api/v1.',
  });
}
