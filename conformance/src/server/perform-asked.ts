import type { CaseCall } from '../case-schema.ts';
import type { ClientDriver } from '../driver.ts';
import type { Outcome } from '../outcome.ts';
import { withEnvironment } from '../with-environment.ts';
import type { AskedCase } from './asked-cases.ts';
import type { ServerSetup } from './server-setup.ts';

interface PerformAsked {
  readonly driver: ClientDriver;
  readonly setup: ServerSetup;
  /** Where the client is pointed at; whole, with the wire's path. */
  readonly baseURL: string;
  readonly signal: AbortSignal;
  /** After which the call is aborted, in milliseconds. */
  readonly timeLimitMs: number;
  /** Members that are put into the request. */
  readonly request?: Readonly<Record<string, unknown>>;
}

/**
 * Lets a client perform a case's call against a server, with the server's key, model and workspace in it.
 *
 * @throws what the driver throws, and an error when nothing comes in time.
 */
export async function performAsked(asked: AskedCase, options: PerformAsked): Promise<Outcome> {
  const { driver, baseURL, signal, timeLimitMs } = options;
  const limit = AbortSignal.timeout(timeLimitMs);
  const both = AbortSignal.any([signal, limit]);
  const call = callFor(asked, options);
  const late = new Promise<never>((_, reject) => {
    both.addEventListener(
      'abort',
      // The client gets a moment to report that its call was aborted.
      () => setTimeout(() => reject(new Error(`no outcome within ${timeLimitMs} ms`)), 1000).unref(),
      { once: true },
    );
  });
  late.catch(() => {});
  return withEnvironment({}, () =>
    Promise.race([driver.perform(call, { baseURL, signal: both, received: () => 'continue' }), late]),
  );
}

function callFor({ testCase, entry }: AskedCase, { setup, request }: PerformAsked): CaseCall {
  const { call } = testCase;
  const { apiKey: _, workspaceId: __, region: ___, ...client } = call.client;
  const key = entry.key === 'missing' ? null : setup.keys[entry.key];
  const workspaceId = entry.workspace && setup.workspaces[entry.workspace];
  return {
    ...call,
    request: { ...call.request, ...(request as CaseCall['request']), model: setup.models[entry.model] ?? '' },
    client: { ...client, apiKey: key, maxRetries: 0, ...(workspaceId && { workspaceId }) },
    environment: {},
    cancel: undefined,
  };
}
