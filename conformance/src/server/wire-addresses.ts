import { type WireName, wireNames, wireRoots } from '../case-schema.ts';

/**
 * Base URL of each wire at a server; only one when the address is that wire's own.
 *
 * @throws Error when the address is no URL of a server.
 */
export function wireAddresses(address: string): Partial<Record<WireName, string>> {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password)
    throw new Error(`${address} is no address of a server; give one such as http://127.0.0.1:4010`);
  const base = url.origin + url.pathname.replace(/\/+$/, '');
  const own = wireNames.find((wire) => base.endsWith(wireRoots[wire]));
  if (own) return { [own]: base };
  return Object.fromEntries(wireNames.map((wire) => [wire, `${base}${wireRoots[wire]}`]));
}
