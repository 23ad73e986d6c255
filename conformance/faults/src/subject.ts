import type { Timeouts } from '@qwire/core';
import type { Expected } from './fault.ts';
import type { Wire } from './wire.ts';

/** One call of a cell. */
export interface SubjectCall {
  readonly wire: Wire;
  readonly baseURL: string;
  readonly apiKey: string;
  readonly maxRetries: number;
  readonly timeouts: Timeouts;
  readonly signal: AbortSignal;
}

/** A client that is put through the faults. */
export interface Subject {
  readonly name: string;
  readonly wires: readonly Wire[];
  /** The reply's text. */
  chat(call: SubjectCall): Promise<string>;
  /** The deltas of the text. Leaving it cancels the call. */
  stream(call: SubjectCall): AsyncIterable<string>;
  /** What the error says; `undefined` when it is none that the client documents. */
  readError(error: unknown): SeenError | undefined;
  /** Closes what is kept open for further calls. */
  close?(): void;
}

export type SeenError = Omit<Expected, 'kind' | 'text' | 'or'> & { readonly kind: string };
