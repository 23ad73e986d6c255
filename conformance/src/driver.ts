import type { Capabilities } from '@qwire/core';
import type { CarrierName, CaseCall, WireName } from './case-schema.ts';
import type { Outcome } from './outcome.ts';

/** What a client finds around it while it performs a case. */
export interface Surroundings {
  /** Where the case answers. `undefined`: the client composes the documented address itself, from the call's region. */
  readonly baseURL: string | undefined;
  /** Must be given to the call. */
  readonly signal: AbortSignal;
  /** Must be told after each event of a stream; `leave` means that the caller leaves the loop now. */
  received(): 'continue' | 'leave';
}

/** Thin code that makes one client perform a case. It does not judge, and does not branch on the case. */
export interface ClientDriver {
  /** Such as `@qwire/dashscope`; the column of the matrix. */
  readonly name: string;
  readonly version: string;
  readonly wireFormat: WireName;
  /** Every key is stated. What is not supported must be refused before anything is sent. */
  readonly supports: Capabilities;
  /** `skip`: refusals are not checked, because this client is described and not graded. `check` unless given. */
  readonly refusals?: 'check' | 'skip';
  /** Over which it can be reached; each unless given. */
  readonly carriers?: readonly CarrierName[];
  /** Called before each case, and not counted against its time limit. */
  ready?(): Promise<void>;
  /**
   * Performs the call and reports what a caller saw, failures included. It throws only when it could not try, and that
   * is reported as an error of the harness.
   */
  perform(call: CaseCall, surroundings: Surroundings): Promise<Outcome>;
  /** Called when the run is over. What it throws is reported as a problem of the run. */
  stop?(): Promise<void>;
}
