import { servedHosts, whyRefused } from '@qwire/local-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { answerFailure } from './answer-failure.ts';
import type { ListenOptions } from './emulator.ts';
import { maxMegabytes } from './uploads/temporary-store.ts';

/** Bytes: the largest file that the temporary store takes, and the form around it. No page gives a limit for calls. */
export const maxBodyBytes = (maxMegabytes + 1) * 1024 * 1024;

type Fetch = (request: Request) => Response | Promise<Response>;

/** Turns away what pages of other sites cause, and bodies that are too large, in words that clients of both wires show. */
export function guardListening(
  fetch: Fetch,
  { host, allowedHosts = [], allowedOrigins = [] }: ListenOptions & { readonly host: string },
): Fetch {
  const access = {
    hosts: new Set([...servedHosts(host), ...allowedHosts]),
    anyAddress: host === '0.0.0.0' || host === '::',
    origins: new Set(allowedOrigins),
  };
  const app = new Hono();
  app.use(async ({ req }, next) => {
    const reason = whyRefused((name) => req.header(name), access);
    if (reason === undefined) return next();
    return refuse(403, {
      code: 'NotServedHere',
      message: `${reason} The emulator said so, not the service.`,
    });
  });
  if (allowedOrigins.length > 0) app.use(cors({ origin: [...allowedOrigins] }), shareWithPages);
  const onError = () => refuse(413, { code: 'RequestTooLarge', message: tooLarge });
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError }));
  app.all('*', ({ req }) => fetch(req.raw));
  app.onError(answerFailure);
  return async (request) => app.fetch(request);
}

async function shareWithPages(
  { header }: { header(name: string, value: string): void },
  next: () => Promise<void>,
) {
  await next();
  header('cross-origin-resource-policy', 'cross-origin');
}

const tooLarge = `The request is larger than ${maxBodyBytes / 1024 / 1024} MB, the most that the emulator reads.`;

// No page documents these; both wires' readers find the code and the message.
function refuse(status: number, error: { readonly code: string; readonly message: string }): Response {
  return Response.json({ ...error, error }, { status });
}
