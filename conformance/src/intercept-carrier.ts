import { setupServer } from 'msw/node';
import type { Carrier } from './carrier.ts';
import { caseHandlers } from './case-handlers.ts';
import type { CaseRun, SeenRequest } from './case-run.ts';

/** Catches requests inside this process, so a client calls the documented addresses. */
export function startInterceptCarrier(): Carrier {
  let current: CaseRun | undefined;
  const unmatched: SeenRequest[] = [];
  const server = setupServer(...caseHandlers({ find: () => current, unmatched }));
  // The handlers take every request; should one slip through, it must not reach a network.
  server.listen({ onUnhandledFrame: 'error' });
  return {
    name: 'intercept',
    origin: undefined,
    unmatched,
    use(run) {
      current = run;
    },
    async stop() {
      server.close();
    },
  };
}
