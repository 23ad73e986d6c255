import { wireNames, wireRoots } from '../case-schema.ts';
import type { ServiceAddress } from '../live/service-address.ts';
import type { Upstream } from './forwarder.ts';

/** Where a request below `/compatible-mode/v1` or `/api/v1` goes; `undefined` for any other, and for a wire without address. */
export function routeToService({ wires, headers }: ServiceAddress, { url }: Request): Upstream | undefined {
  const { pathname, search } = new URL(url);
  const wireFormat = wireNames.find((wire) => pathname.startsWith(`${wireRoots[wire]}/`));
  const base = wireFormat && wires[wireFormat];
  if (!wireFormat || base === undefined) return undefined;
  const path = `${pathname.slice(wireRoots[wireFormat].length)}${search}`;
  return { wireFormat, url: `${base}${path}`, path, headers };
}
