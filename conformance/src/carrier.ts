import type { CaseRun, SeenRequest } from './case-run.ts';
import type { CarrierName } from './case-schema.ts';

/** Brings requests to the running case, and its replies back. One case runs at a time. */
export interface Carrier {
  readonly name: CarrierName;
  /** Where this carrier answers; `undefined` when it answers at the documented addresses. */
  readonly origin: string | undefined;
  /** Requests that came while no case ran, or for another one. */
  readonly unmatched: SeenRequest[];
  /** Answers with this run's replies until the next one. */
  use(run: CaseRun | undefined): void;
  stop(): Promise<void>;
}
