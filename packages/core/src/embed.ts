import type { Warning } from './chat-response.ts';
import type { JsonObject } from './json.ts';
import type { Usage } from './usage.ts';

/**
 * Turns texts into vectors.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/text-embedding-synchronous-api
 */
export interface EmbedRequest {
  /** Such as `text-embedding-v4`. */
  readonly model: string;
  /** One text or several; how many at once depends on the model, 10 for `text-embedding-v4`. */
  readonly input: string | readonly string[];
  /** Length of a vector, where the model can choose; 1024 for `text-embedding-v4` unless given. */
  readonly dimensions?: number;
  /** Whether the texts are searched, or searched for; `document` unless given. */
  readonly textType?: 'document' | 'query';
  /** What the vectors are for, as an English sentence; with `textType: 'query'`. */
  readonly instruction?: string;
  /** `dense` unless given. */
  readonly output?: 'dense' | 'sparse' | 'dense&sparse';
  /** Merged into the wire's own parameters unchanged; wins over everything else. */
  readonly extra?: JsonObject;
}

/** One dimension of a sparse vector that is not 0. */
export interface SparseValue {
  readonly index: number;
  readonly value: number;
  readonly token?: string;
}

export interface Embedding {
  /** Position of its text in the request. */
  readonly index: number;
  /** Empty when only a sparse vector was asked for. */
  readonly vector: readonly number[];
  readonly sparse?: readonly SparseValue[];
}

export interface EmbedResponse {
  /** In the order of the request's texts. */
  readonly embeddings: readonly Embedding[];
  readonly usage: Usage;
  readonly warnings: readonly Warning[];
  readonly requestId: string | undefined;
  readonly model: string;
  /** The reply as the service sent it, parsed. */
  readonly raw: unknown;
}
