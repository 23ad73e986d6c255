/** What an error was caused by, from the outside in; no deeper than causes are kept. */
export function causesOf({
  cause,
}: {
  readonly cause?: unknown;
}): readonly (Error & { readonly code?: unknown })[] {
  const causes: Error[] = [];
  for (let at = cause; at instanceof Error && causes.length < 5; at = at.cause) causes.push(at);
  return causes;
}
