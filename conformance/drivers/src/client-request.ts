import { type CaseCall, reviveRequest } from '@qwire/conformance';
import type { ChatRequest, JsonObject, Tool } from '@qwire/core';

/** The case's request as a caller of core would write it. */
export function requestOf({ request }: CaseCall): ChatRequest {
  return reviveRequest(request) as ChatRequest;
}

/** The tool's parameters; cases write them as JSON Schemas. */
export function parametersOf({ parameters }: Tool): JsonObject {
  return (parameters ?? { type: 'object', properties: {} }) as JsonObject;
}

/** The address that a client puts its path behind; drivers of other people's clients run over loopback only. */
export function addressOf(baseURL: string | undefined): string {
  if (baseURL === undefined) throw new Error('This client is driven over the loopback carrier only');
  return baseURL;
}

/** The case's key; foreign clients are not asked what they do without one. */
export function keyOf({ client }: CaseCall): string {
  if (client.apiKey === null) throw new Error('The case gives no key');
  return client.apiKey;
}

const firstBytes = { '137,80': 'image/png', '255,216': 'image/jpeg' } as const;

/** Media as an address; bytes as a `data:` URL, whose type a caller knows. */
export function mediaURL(source: unknown, mediaType?: string): string {
  if (typeof source === 'string' || source instanceof URL) return String(source);
  if (!(source instanceof Uint8Array)) throw new Error('The case has media of a form that is not known here');
  const known = Object.entries(firstBytes).find(([bytes]) => bytes === `${source[0]},${source[1]}`)?.[1];
  const type = mediaType ?? known;
  if (type === undefined) throw new Error('The case has bytes of a type that is not known here');
  return `data:${type};base64,${Buffer.from(source).toString('base64')}`;
}

/** The text of content that is text, or a list of texts. */
export function textOf(content: string | readonly { readonly type: string }[]): string {
  if (typeof content === 'string') return content;
  return content.map((part) => ('text' in part && part.type === 'text' ? String(part.text) : '')).join('');
}
