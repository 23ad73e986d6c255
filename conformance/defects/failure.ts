import type { OutcomeError } from '../src/outcome.ts';

/** Ends the reference client's call with this failure. */
export class Failure extends Error {
  readonly error: OutcomeError;

  constructor(error: OutcomeError) {
    super(error.message ?? error.kind);
    this.error = error;
  }
}
