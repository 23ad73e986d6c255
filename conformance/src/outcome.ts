import type { ChatEvent, ChatResponse, EmbedResponse, ErrorKind, QwireError } from '@qwire/core';

type ReportedMember =
  | 'code'
  | 'status'
  | 'requestId'
  | 'retryable'
  | 'hint'
  | 'message'
  | 'timeout'
  | 'field'
  | 'workspace'
  | 'retryAfterMs'
  | 'text';

/** What a caller was told of a failure. */
export type OutcomeError = { readonly [name in ReportedMember]?: QwireError[name] | undefined } & {
  /** `crash`: the client threw something that is not its own error. `undefined`: its error does not say of which kind it is. */
  readonly kind: ErrorKind | 'crash' | undefined;
  /** Everything that printing the error shows, its causes included; searched for the key. */
  readonly rendered?: string | undefined;
};

/** What a caller saw, in core's own terms. Missing is `undefined`, or left out. */
export interface Outcome {
  /** `cancelled` when the caller aborted the call or left the stream's loop. */
  readonly ended: 'completed' | 'failed' | 'cancelled';
  /** Of a stream: the events that arrived, in order. */
  readonly events?: readonly ChatEvent[];
  readonly response?: Partial<Omit<ChatResponse & EmbedResponse, 'raw'>>;
  readonly error?: OutcomeError;
}
