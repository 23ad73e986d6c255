/** What went wrong at a database, in one line. */
export function describeProblem(error: unknown): string {
  // Node tries each address of a name, and tells of all in an error without a message.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(describeProblem))].join('; ');
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === readOnlyTransaction) {
    return 'the ledger was written by an older release. Record one call with this one, which brings it up to date; reading changes nothing.';
  }
  return String(message || code || error);
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const readOnlyTransaction = '25006';
