import { QwireError } from '../qwire-error.ts';

const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Adds headers, whose names may be in whichever case, to those that are there, and overrides them.
 *
 * @throws QwireError of kind `configuration` for what HTTP does not allow; it is not quoted, as the platform would.
 */
export function addHeaders(
  lowerCased: Record<string, string>,
  headers: Readonly<Record<string, string>> | undefined,
): void {
  if (!headers) return;
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || !headerValue.test(value)) {
      throw new QwireError('headers: a name or value holds characters that HTTP does not allow', {
        kind: 'configuration',
        field: 'headers',
      });
    }
    lowerCased[name.toLowerCase()] = value.trim();
  }
}
