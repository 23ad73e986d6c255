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
    const host = context.req.header('host') ?? '';
    if (!allowedHosts.has(hostName(host))) {
      return context.json({ error: refusal(`Host ${host || '(none)'} is not served here.`) }, 403);
    }
    const origin = context.req.header('origin');
    if (origin !== undefined && origin !== `http://${host}`) {
      return context.json({ error: refusal(`Requests from ${origin} are not taken.`) }, 403);
    }
    return next();
  };
}

function hostName(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}
