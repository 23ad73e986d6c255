/**
 * The platform's own request for the one that the server's adapter gives, which stands in for it: what makes a request
 * out of another, such as a limit for bodies that do not tell their length, takes no stand-in.
 */
export function toRequest({ url, method, headers, body, signal }: Request): Request {
  return new Request(url, { method, headers, signal, ...(body && { body, duplex: 'half' }) });
}
