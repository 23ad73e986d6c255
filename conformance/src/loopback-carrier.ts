import type { Carrier } from './carrier.ts';
import { caseHandlers } from './case-handlers.ts';
import type { CaseRun, SeenRequest } from './case-run.ts';
import { startLoopbackServer } from './loopback-server.ts';

/** Answers over real HTTP; the first segment of the path names the case, so every client can be pointed at it. */
export async function startLoopbackCarrier(): Promise<Carrier> {
  let current: CaseRun | undefined;
  const unmatched: SeenRequest[] = [];
  const { origin, stop } = await startLoopbackServer(
    caseHandlers({
      find: ({ url }) => (firstSegment(url) === current?.key ? current : undefined),
      unmatched,
    }),
  );
  return {
    name: 'loopback',
    origin,
    unmatched,
    use(run) {
      current = run;
    },
    stop,
  };
}

function firstSegment(url: string): string | undefined {
  return new URL(url).pathname.split('/')[1];
}
