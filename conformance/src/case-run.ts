import { createDeliveryLog, type DeliveryLog, deliverReply } from './deliver-reply.ts';
import type { ConformanceCase } from './load-cases.ts';

/** A request as it reached the suite. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly delivery: DeliveryLog;
}

/** One case while a client performs it: gives its replies in order and keeps what was asked. */
export interface CaseRun {
  /** First path segment of addresses on the loopback carrier. */
  readonly key: string;
  readonly seen: readonly SeenRequest[];
  respond(request: Request): Promise<Response>;
}

interface RunOptions {
  /** Called for each request, once it has arrived in full. */
  readonly onRequest?: () => void;
}

export function createCaseRun(
  testCase: Pick<ConformanceCase, 'id' | 'exchanges'>,
  { onRequest }: RunOptions = {},
): CaseRun {
  const seen: SeenRequest[] = [];
  return {
    key: caseKey(testCase.id),
    seen,
    async respond(request) {
      const delivery = createDeliveryLog();
      const exchange = testCase.exchanges[seen.length];
      // Its place is taken before the body is read, so that requests at the same time get replies in order.
      const entry = { ...describeRequest(request), body: '', delivery };
      seen.push(entry);
      entry.body = await request.text();
      onRequest?.();
      if (!exchange) {
        delivery.state = 'finished';
        return Response.error();
      }
      return deliverReply(exchange.reply, { log: delivery, signal: request.signal });
    },
  };
}

export function describeRequest({ method, url, headers }: Request): Omit<SeenRequest, 'body' | 'delivery'> {
  return { method, url, headers: Object.fromEntries(headers) };
}

/** A case's id as one segment of a path. */
export function caseKey(id: string): string {
  return id.replaceAll('/', '.');
}
