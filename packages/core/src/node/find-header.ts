/**
 * A header's values as one, or `null`. Few headers are ever asked for, so that no object of all is made.
 *
 * @param raw names and values in turn, as `message.rawHeaders` has them
 */
export function findHeader(raw: readonly string[], name: string): string | null {
  const lowerName = name.toLowerCase();
  let found: string | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== lowerName) continue;
    found = found === null ? (raw[index + 1] ?? '') : `${found}, ${raw[index + 1]}`;
  }
  return found;
}
