import { http, type RequestHandler } from 'msw';
import { type CaseRun, describeRequest, type SeenRequest } from './case-run.ts';
import { createDeliveryLog } from './deliver-reply.ts';

/** The case that is being performed, and what was asked outside of it. */
export interface RunRegistry {
  /** The run that a request belongs to. */
  find(request: Request): CaseRun | undefined;
  /** Requests that belong to no case. A client must never cause one. */
  readonly unmatched: SeenRequest[];
}

/**
 * MSW handlers that give each case its replies. They take every request, so that nothing passes to a network and
 * everything that was asked is known; a client would take a blocked request for a broken connection.
 */
export function caseHandlers(registry: RunRegistry): RequestHandler[] {
  return [
    http.all('*', async ({ request }) => {
      const run = registry.find(request);
      if (run) return run.respond(request);
      const delivery = createDeliveryLog();
      delivery.state = 'finished';
      registry.unmatched.push({ ...describeRequest(request), body: await request.text(), delivery });
      return new Response('No case answers here', { status: 501 });
    }),
  ];
}
