import { QwireError } from '@qwire/core/adapter-kit';

/** What a caller gets who aborts a call, in the words of the client itself. */
export function abortedError(reason: unknown): QwireError {
  return new QwireError('The call was aborted', { kind: 'aborted', cause: reason });
}
