import type { ApiKey, ClientOptions } from '../client.ts';
import { QwireError } from '../qwire-error.ts';
import { resolveApiKey } from './api-key.ts';
import { type Concealer, createConcealer, shortestSecret } from './conceal.ts';
import { Secret } from './secret.ts';

/** The key that a client sends, and everything that it must not show. */
export interface Keys extends Pick<Concealer, 'text' | 'error'> {
  /**
   * The key for one try. What is no function is read once: at the first call, so that the environment may still be set.
   * @throws QwireError of kind `configuration`
   */
  read(): Secret | Promise<Secret>;
  /** Whether an address holds the key, in whichever case and however it is escaped. */
  isIn(url: string, apiKey: Secret): boolean;
  /** From now on this key is concealed, and whatever these headers prove the caller's identity with. */
  learn(apiKey: Secret | undefined, ...headers: readonly ClientOptions['headers'][]): void;
}

/** Options without the key as it was given. */
export interface HeldOptions extends Omit<ClientOptions, 'apiKey'> {
  readonly keys: Keys;
}

/**
 * Takes the key out of the options.
 *
 * @throws QwireError of kind `configuration` in a page of a browser, unless the options allow it: whoever opens the page
 * could read the key.
 */
export function holdKey({ apiKey, ...options }: ClientOptions): HeldOptions {
  if ('window' in globalThis && 'document' in globalThis && !options.dangerouslyAllowBrowser) {
    throw new QwireError('dangerouslyAllowBrowser: is not set, and this is a browser', {
      kind: 'configuration',
      field: 'dangerouslyAllowBrowser',
      hint: 'Call from a server of your own: whoever opens a page can read its key. Where that does not matter, set dangerouslyAllowBrowser to true.',
    });
  }
  const concealer = createConcealer();
  const held: ApiKey | undefined = typeof apiKey === 'string' ? new Secret(apiKey) : apiKey;
  let lastRead: Secret | undefined;
  const keep = (key: Secret) => {
    learn(key);
    lastRead = key;
    return key;
  };
  const read = () => {
    if (lastRead && typeof held !== 'function') return lastRead;
    const key = resolveApiKey(held);
    return key instanceof Promise ? key.then(keep) : keep(key);
  };
  let clean: { readonly url: string; readonly apiKey: Secret } | undefined;
  const isHeldIn = (url: string, apiKey: Secret) => {
    // Calls of one client go to few addresses, and mostly with one key.
    if (clean?.url === url && clean.apiKey === apiKey) return false;
    if (isIn(url, apiKey)) return true;
    clean = { url, apiKey };
    return false;
  };
  return { ...options, keys: { ...concealer, read, learn, isIn: isHeldIn } };

  function learn(key: Secret | undefined, ...headers: readonly ClientOptions['headers'][]): void {
    if (key) concealer.learn(key.reveal());
    for (const [name, value] of headers.flatMap((some = {}) => Object.entries(some))) {
      if (!secretHeader.test(name)) continue;
      // What follows the scheme, and each of its parts.
      for (const part of [value.replace(/^\S+\s+/, ''), ...value.split(/[\s,;="]+/)]) concealer.learn(part);
    }
  }
}

const secretHeader = /auth|key|token|secret|cookie|signature/i;

/** Whether an address holds the key. */
export function isIn(url: string, apiKey: Secret): boolean {
  const key = apiKey.reveal().toLowerCase();
  return key.length >= shortestSecret && unescape(url).toLowerCase().includes(key);
}
