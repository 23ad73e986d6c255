import { isIP } from 'node:net';

/** Who may ask a server for something. */
export interface Access {
  /** Host names without port, as an address writes them: `localhost`, `[::1]`. */
  readonly hosts: ReadonlySet<string>;
  /** Whether any numeric address will do, which no site can point its name at. For servers that other machines call. */
  readonly anyAddress?: boolean;
  /** Origins, beside the server's own, whose pages may call, such as `http://localhost:5173`. */
  readonly origins?: ReadonlySet<string>;
}

/**
 * Why a request must not be answered: a page of another site can have caused it. Such a page gets past the rule of one
 * origin by pointing its own name at this machine, so the name that a request is addressed to counts as well.
 *
 * @param header the request's header by its name in small letters.
 * @returns `undefined` for a request that may be answered.
 * @see https://developer.mozilla.org/en-US/docs/Web/Security/Attacks/CSRF
 */
export function whyRefused(
  header: (name: string) => string | undefined,
  { hosts, anyAddress = false, origins }: Access,
): string | undefined {
  const host = header('host') ?? '';
  const name = hostName(host);
  if (!hosts.has(name) && !(anyAddress && isIP(name.replace(/^\[|\]$/g, '')) > 0)) {
    return `Host ${host || '(none)'} is not served here.`;
  }
  const origin = header('origin');
  if (origin !== undefined) {
    const isServed = origin === `http://${host}` || origins?.has(origin) === true;
    return isServed ? undefined : `Requests from ${origin} are not taken.`;
  }
  // Scripts, pictures and the like of a page have no origin, but say where it is from. A link may be followed.
  const site = header('sec-fetch-site');
  const isForeign = site === 'cross-site' || site === 'same-site';
  return isForeign && header('sec-fetch-mode') !== 'navigate'
    ? 'Requests from pages of other sites are not taken.'
    : undefined;
}

/** The names of this machine, and of the address that a server listens on. */
export function servedHosts(host: string): ReadonlySet<string> {
  return new Set(['localhost', '127.0.0.1', '[::1]', toUrlHost(host)]);
}

function toUrlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host.toLowerCase();
}

function hostName(host: string): string {
  return /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`)
    ? new URL(`http://${host}`).hostname
    : '';
}
