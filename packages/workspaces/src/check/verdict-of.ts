import type { QwireError } from '@qwire/core';
import { type VerdictRow, verdictTable } from './verdict-table.ts';
import type { Verdict } from './verdicts.ts';

/** What is known beside the failure. */
export interface Circumstances {
  readonly key?: VerdictRow['key'] | undefined;
  readonly host?: VerdictRow['host'];
}

/** What a failed call says about the right to call; `unclear` when the table does not know. */
export function verdictOf(error: QwireError, circumstances: Circumstances = {}): Verdict {
  return rowOf(error, circumstances)?.verdict ?? 'unclear';
}

/** The row of the table that decides. */
export function rowOf(error: QwireError, circumstances: Circumstances): VerdictRow | undefined {
  return verdictTable.find((row) => fits(row, error, circumstances));
}

function fits(row: VerdictRow, error: QwireError, { key, host }: Circumstances): boolean {
  const { code, status } = error;
  return [
    row.kinds === undefined || row.kinds.includes(error.kind),
    row.codes === undefined ||
      (row.codes === 'none' ? code === undefined : row.codes.some((known) => known === code)),
    row.statuses === undefined ||
      (row.statuses === 'none' ? status === undefined : row.statuses.some((known) => known === status)),
    row.message === undefined || row.message.test(error.message),
    row.field === undefined || row.field.test(error.field ?? ''),
    row.key === undefined || row.key === key,
    row.host === undefined || row.host === host,
  ].every(Boolean);
}
