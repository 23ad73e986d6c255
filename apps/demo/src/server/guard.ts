import { whyRefused } from '@qwire/local-server';
import type { MiddlewareHandler } from 'hono';
import { refusal } from './console-error.ts';

/**
 * Turns away requests that a page of another site can cause: those addressed to another name, which a site gets by
 * pointing its own name at this machine, and those sent from another origin.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/Security/Attacks/CSRF
 */
export function guard(allowedHosts: ReadonlySet<string>): MiddlewareHandler {
  return async (context, next) => {
    const reason = whyRefused((name) => context.req.header(name), { hosts: allowedHosts });
    return reason === undefined ? next() : context.json({ error: refusal(reason) }, 403);
  };
}
