import type { CaseCall } from '../src/case-schema.ts';
import { isRecord } from '../src/is-record.ts';
import type { Outcome } from '../src/outcome.ts';
import { Failure } from './failure.ts';
import { type FailureContext, localFailure, readFailure } from './read-failure.ts';
import { readPiece } from './read-piece.ts';

interface VectorContext extends FailureContext {
  readonly call: CaseCall;
  readonly status: number;
}

/** Reads the vectors of either wire. Throws `Failure` when the body is an error after all, or holds none. */
export function readVectors(text: string, context: VectorContext): Outcome {
  const { call, defects, wire, expected, status, headers } = context;
  const body: unknown = JSON.parse(text);
  const output = isRecord(body) && wire === 'dashscope' ? body.output : body;
  const list = isRecord(output) ? (output.embeddings ?? output.data) : undefined;
  if (!isRecord(body) || !Array.isArray(list)) {
    const said = isRecord(body) && (body.code !== undefined || body.error !== undefined);
    throw new Failure(
      said ? readFailure(text, status, context) : localFailure({ kind: 'invalid-response' }, expected),
    );
  }
  const embeddings = list.filter(isRecord).map((item, position) => ({
    index: typeof item.index === 'number' ? item.index : Number(item.text_index ?? position),
    vector: Array.isArray(item.embedding) ? (item.embedding as number[]) : [],
    ...(Array.isArray(item.sparse_embedding) && { sparse: item.sparse_embedding }),
  }));
  const texts = [call.request.input].flat().length;
  const whole = embeddings.length === texts && embeddings.every(isWhole);
  if (!whole && !defects.has('missing-vector-unnoticed')) {
    throw new Failure(localFailure({ kind: 'invalid-response' }, expected));
  }
  if (!defects.has('vectors-as-sent')) embeddings.sort((one, other) => one.index - other.index);
  const { usage, model, requestId } = readPiece(body, wire, defects);
  const nothing = { inputTokens: undefined, outputTokens: undefined, totalTokens: undefined };
  return {
    ended: 'completed',
    response: {
      embeddings,
      usage: (defects.has('lose-usage') ? undefined : usage) ?? nothing,
      warnings: [],
      requestId: defects.has('drop-request-id')
        ? undefined
        : (requestId ?? headers.get('x-request-id') ?? undefined),
      model: model ?? String(call.request.model),
    },
  };
}

function isWhole({
  vector,
  sparse,
}: {
  readonly vector: readonly number[];
  readonly sparse?: unknown[];
}): boolean {
  if (!sparse) return vector.length > 0;
  return sparse.every((entry) => isRecord(entry) && typeof entry.value === 'number');
}
