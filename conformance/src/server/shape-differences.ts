import type * as z from 'zod';
import type { Difference } from '../compare-outcome.ts';
import { describeIssues } from '../describe-issues.ts';
import { isRecord } from '../is-record.ts';

/** Where a value has not the documented shape, each place with what stands there. */
export function shapeDifferences(schema: z.ZodType, value: unknown, path: string): Difference[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return describeIssues(parsed.error.issues).map((issue) => {
    const [field = '', ...rest] = issue.split(': ');
    const expected = rest.join(': ').replace(/^is not known here$/, 'no member of this name');
    return { path: [path, field].filter(Boolean).join('.'), expected, actual: valueAt(value, field) };
  });
}

function valueAt(value: unknown, field: string): unknown {
  let found = value;
  for (const [segment] of field.matchAll(/[^.[\]"]+/g)) {
    if (Array.isArray(found)) found = found[Number(segment)];
    else if (isRecord(found)) found = found[segment];
    else return undefined;
  }
  return found;
}
