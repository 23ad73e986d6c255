import dns, { type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';

type Callback = (error: Error | null, ...found: unknown[]) => void;

/**
 * Lets no name leave the machine while faults are played: `localhost` and addresses are found, every other name is not.
 *
 * @returns what undoes it
 */
export function closeWorld(): () => void {
  const { lookup } = dns;
  const closed = (hostname: string, options: LookupOptions, callback: Callback): void => {
    if (hostname === 'localhost' || isIP(hostname))
      return void Reflect.apply(lookup, dns, [hostname, options, callback]);
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname,
    });
    setImmediate(() => callback(error));
  };
  Object.assign(dns, { lookup: closed });
  return () => void Object.assign(dns, { lookup });
}
