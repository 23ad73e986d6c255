import { describeError, type Outcome, type OutcomeError, type Surroundings } from '@qwire/conformance';

/** How a client's errors are read; `undefined` for what is none of its own. */
export type ReadError = (error: unknown) => OutcomeError | undefined;

/** What a caller saw of a call that failed, or that was aborted. */
export function failedCall(error: unknown, readError: ReadError, { signal }: Surroundings): Outcome {
  if (signal.aborted) return { ended: 'cancelled' };
  const { rendered, message } = describeError(error);
  return { ended: 'failed', error: { ...(readError(error) ?? { kind: 'crash', message }), rendered } };
}
