import type { CaseIndex } from '../load-cases.ts';

/** One question that the documents ask of the cases. */
export interface Join {
  /** What is joined with the cases, such as "error codes". */
  readonly title: string;
  readonly run: (index: CaseIndex) => JoinResult | Promise<JoinResult>;
}

export interface JoinResult {
  /** What the join found, as text to print. */
  readonly text: string;
  /** Whether all that is documented is covered. */
  readonly complete: boolean;
}
