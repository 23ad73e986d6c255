/**
 * A test for text from `/regular expression/flags`, or from text to be contained in any case.
 * @throws SyntaxError for a wrong regular expression.
 */
export function parsePattern(pattern: string): (text: string) => boolean {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(pattern) ?? [];
  if (source !== undefined) {
    const expression = new RegExp(source, flags?.replace(/[gy]/g, ''));
    return (text) => expression.test(text);
  }
  const wanted = pattern.toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}
