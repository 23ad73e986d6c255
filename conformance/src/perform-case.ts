import type { Carrier } from './carrier.ts';
import { type CaseRun, createCaseRun, type SeenRequest } from './case-run.ts';
import { type CaseCall, wireRoots } from './case-schema.ts';
import type { ClientDriver, Surroundings } from './driver.ts';
import type { ConformanceCase } from './load-cases.ts';
import type { Outcome } from './outcome.ts';
import { watchStrayFailures } from './stray-failures.ts';
import { withEnvironment } from './with-environment.ts';

/** What happened while a client performed a case. */
export interface Observation {
  /** Missing when the driver threw, or when nothing came in time. */
  readonly outcome: Outcome | undefined;
  /** What the driver threw. */
  readonly thrown: string | undefined;
  readonly seen: readonly SeenRequest[];
  readonly unmatched: readonly SeenRequest[];
  /** Path before the documented one, on a carrier that does not answer at the documented addresses. */
  readonly prefix: string | undefined;
  readonly durationMs: number;
}

interface PerformOptions {
  readonly driver: ClientDriver;
  readonly carrier: Carrier;
  readonly timeLimitMs: number;
}

/** Lets a client perform a case, and watches. */
export async function performCase(testCase: ConformanceCase, options: PerformOptions): Promise<Observation> {
  const { driver, carrier, timeLimitMs } = options;
  const { call } = testCase;
  const cancellation = new AbortController();
  const run = createCaseRun(testCase, { onRequest: () => cancelBefore('headers') });
  const startedAt = performance.now();
  let outcome: Outcome | undefined;
  let thrown: string | undefined;

  cancelBefore('request');
  const strays = watchStrayFailures();
  try {
    await driver.ready?.();
    carrier.unmatched.length = 0;
    carrier.use(run);
    const surroundings = {
      baseURL: addressOf(call, testCase, carrier, run),
      ...cancelling(call, cancellation),
    };
    outcome = await withEnvironment(call.environment, () =>
      inTime([driver.perform(call, surroundings), strays.first], timeLimitMs, cancellation),
    );
    if (outcome) await connectionsAreClosed(run);
  } catch (error) {
    thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    carrier.use(undefined);
    // What would have ended the process counts, whatever the caller was told.
    outcome = (await strays.stop()) ?? outcome;
  }
  return {
    outcome,
    thrown,
    seen: run.seen,
    unmatched: [...carrier.unmatched],
    prefix: carrier.origin === undefined ? undefined : `/${run.key}`,
    durationMs: Math.round(performance.now() - startedAt),
  };

  function cancelBefore(moment: 'request' | 'headers'): void {
    if (call.cancel && 'before' in call.cancel && call.cancel.before === moment)
      cancellation.abort(callerLeft());
  }
}

function callerLeft(): DOMException {
  return new DOMException('The case aborts the call here', 'AbortError');
}

function cancelling(call: CaseCall, cancellation: AbortController): Omit<Surroundings, 'baseURL'> {
  let events = 0;
  return {
    signal: cancellation.signal,
    received() {
      events += 1;
      const { cancel } = call;
      if (!cancel || !('afterEvents' in cancel) || cancel.afterEvents !== events) return 'continue';
      if (cancel.by === 'leave') return 'leave';
      cancellation.abort(callerLeft());
      return 'continue';
    },
  };
}

/** Where the client is pointed at: on loopback at the case's own path, else wherever the case says. */
function addressOf(
  call: CaseCall,
  { wireFormat }: ConformanceCase,
  { origin }: Carrier,
  { key }: CaseRun,
): string | undefined {
  const { baseURL } = call.client;
  if (origin === undefined) return baseURL;
  return `${origin}/${key}${baseURL === undefined ? wireRoots[wireFormat] : new URL(baseURL).pathname}`;
}

/** The first outcome, or nothing when none comes in time; then the call is aborted. */
async function inTime(
  outcomes: readonly Promise<Outcome>[],
  timeLimitMs: number,
  cancellation: AbortController,
): Promise<Outcome | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeLimitMs);
  });
  try {
    const first = await Promise.race([...outcomes, late]);
    if (first === undefined) cancellation.abort(callerLeft());
    return first;
  } finally {
    clearTimeout(timer);
  }
}

/** Gives a client that has let go of a connection a moment until that is noticed here. */
async function connectionsAreClosed({ seen }: CaseRun): Promise<void> {
  const until = performance.now() + 500;
  while (seen.some(isOpen) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Whether a client still holds the connection of a reply that it has not read to its end. */
export function isOpen({ delivery }: SeenRequest): boolean {
  return delivery.state === 'waiting' || delivery.state === 'sending';
}
