import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { carrierNames, observedSchema } from './case-schema.ts';
import { describeIssues } from './describe-issues.ts';
import type { CaseIndex } from './load-cases.ts';

const deviationSchema = z.strictObject({
  /** Id of exactly one case, such as `dashscope/errors/rejected-key`. */
  case: z.string(),
  /** Only on this carrier; on each unless given. */
  carrier: z.enum(carrierNames).optional(),
  cause: z.enum(['our-defect', 'client-defect', 'service-differs-from-document', 'document-unclear']),
  /** The outcome that is seen instead. */
  observed: observedSchema,
  /** Paths of the request checks that do not hold, such as `requests[0].body.stream`. */
  requestDifferences: z.array(z.string()).default([]),
  because: z.string().min(1),
  issue: z.url().optional(),
  since: z.iso.date(),
  /** From this day on the entry is reported as overdue. */
  reviewBy: z.iso.date(),
});

/** A known difference of one client, with what is seen instead, so that it cannot hide a new one. */
export type Deviation = z.infer<typeof deviationSchema>;

/**
 * Reads a client's deviations; a file that does not exist holds none.
 *
 * @throws Error naming each mistake with its field.
 */
export function loadDeviations(file: string): Deviation[] {
  if (!existsSync(file)) return [];
  const parsed = z.array(deviationSchema).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is wrong:\n${describeIssues(parsed.error.issues).join('\n')}`);
}

/** Deviations that name no case, and so cover nothing. */
export function strayDeviations(
  deviations: readonly Deviation[],
  { cases }: Pick<CaseIndex, 'cases'>,
): Deviation[] {
  const ids = new Set(cases.map(({ id }) => id));
  return deviations.filter((deviation) => !ids.has(deviation.case));
}

/** Deviations whose day of review has passed. */
export function overdueDeviations(deviations: readonly Deviation[], today: string): Deviation[] {
  return deviations.filter(({ reviewBy }) => reviewBy < today);
}
