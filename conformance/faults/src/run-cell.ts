import { getEventListeners } from 'node:events';
import { findSecret, printEverything } from '@qwire/conformance';
import type { Timeouts } from '@qwire/core';
import { type Cell, type CellResult, expectedOf, type Seen } from './cell.ts';
import type { Fault } from './fault.ts';
import { faultKey } from './fault-key.ts';
import { createFaultServer, type FaultServer } from './fault-server.ts';
import { createGoodReply } from './good-reply.ts';
import { judgeCell } from './judge-cell.ts';
import type { ResourceWatch } from './resource-watch.ts';
import type { SeenError, Subject, SubjectCall } from './subject.ts';
import type { Method } from './wire.ts';

export interface CellOptions {
  readonly resources: ResourceWatch;
  /** Ends what hangs; far beyond any limit of a row. */
  readonly watchdogMs: number;
  /** How long connections and timers may take to go once the call has ended. */
  readonly settleMs: number;
  /** Makes the limits of rows longer. */
  readonly limitFactor: number;
}

/** Limits that a row does not give are out of reach of the watchdog. */
const outOfReach = { connectMs: 600_000, firstEventMs: 600_000, idleMs: 600_000 };
const loopback = '127.0.0.1';

/** Plays one fault to one call, and looks at what is left of it. `undefined` when there is no such cell. */
export async function runCell(
  cell: Cell,
  subject: Subject,
  options: CellOptions,
): Promise<CellResult | undefined> {
  const expected = expectedOf(cell);
  if (!expected) return undefined;
  const { fault } = cell;
  const caller = new AbortController();
  const elsewhere = await startServer(
    { ...cell, fault: { ...fault, steps: ({ whole }) => [whole] } },
    caller,
  );
  const server = await startServer(cell, caller, `http://${loopback}:${elsewhere.port}/`);
  if (fault.address === 'closed-port') await server.close();
  try {
    const call = options.resources.run(() => outcomeOf(cell, subject, { server, caller, ...options }));
    const { error, ...outcome } = await call.result;
    const left = () => ({
      openConnections: server.openConnections,
      timers: call.timers(),
      listeners: getEventListeners(caller.signal, 'abort').length,
    });
    await settled(() => Object.values(left()).every((count) => count === 0), options.settleMs);
    const seen: Seen = {
      ...outcome,
      ...left(),
      tries: server.tries - (fault.before ? 1 : 0),
      sentBytes: server.sentBytes,
      elsewhere: elsewhere.connections,
      showsKey: showsKey(error) || outcome.text.includes(faultKey),
    };
    return { ...cell, expected, seen, problems: judgeCell(cell, expected, seen) };
  } finally {
    await Promise.all([server.close(), elsewhere.close()]);
  }
}

function startServer(
  { fault, wire, method }: Cell,
  caller: AbortController,
  elsewhere = '',
): Promise<FaultServer> {
  const good = createGoodReply({ wire, method }, elsewhere);
  return createFaultServer({
    answers: [...(fault.before ? [fault.before(good)] : []), fault.steps?.(good) ?? [good.whole]],
    further: [good.whole],
    atOnce: fault.speaks === 'at-once',
    tls: fault.address === 'self-signed',
    onCancel: () => caller.abort(new Error('the caller has enough')),
  });
}

interface Surroundings extends CellOptions {
  readonly server: FaultServer;
  readonly caller: AbortController;
}

type Outcome = SeenError & Pick<Seen, 'text' | 'durationMs'> & { readonly error?: unknown };

async function outcomeOf(
  { fault, wire, method, retried }: Cell,
  subject: Subject,
  { server, caller, watchdogMs, limitFactor }: Surroundings,
): Promise<Outcome> {
  const { signal } = caller;
  if (fault.leaves === 'before the call') caller.abort(new Error('the caller has enough'));
  const call = {
    wire,
    baseURL: addressOf(fault.address, server.port),
    apiKey: faultKey,
    maxRetries: fault.maxRetries ?? (retried ? 2 : 0),
    // The try that must succeed has time to, on a busy machine too.
    timeouts: { ...outOfReach, ...scaled(fault.timeouts, limitFactor * (retried ? 2 : 1)) },
    signal,
  };
  if (fault.before) await callBefore(subject, { ...call, timeouts: outOfReach }, method);
  const began = performance.now();
  let text = '';
  const read = async () => {
    for await (const delta of textOf(subject, call, method)) {
      text += delta;
      if (fault.leaves === 'by leaving the loop') return;
      if (fault.leaves === 'by aborting at the first text') caller.abort(new Error('the caller has enough'));
    }
  };
  const ended = await Promise.race([
    read().then(
      () => ({ kind: 'ok' }),
      (error: unknown) => ({ ...(subject.readError(error) ?? { kind: `other: ${String(error)}` }), error }),
    ),
    bark(watchdogMs),
  ]);
  const durationMs = Math.round(performance.now() - began);
  const seen = { ...ended, text, durationMs };
  if (seen.kind === 'hung') caller.abort();
  return seen;
}

async function* textOf(subject: Subject, call: SubjectCall, method: Method): AsyncGenerator<string> {
  if (method === 'chat') yield await subject.chat(call);
  else yield* subject.stream(call);
}

/** How long a connection may take to be free for the next call. */
const freeMs = 50;

async function callBefore(subject: Subject, call: SubjectCall, method: Method): Promise<void> {
  for await (const _ of textOf(subject, call, method));
  await new Promise((resolve) => setTimeout(resolve, freeMs));
}

/** Its timer keeps nothing alive, and is none of the call's. */
function bark(ms: number): Promise<{ readonly kind: 'hung' }> {
  return new Promise((resolve) => setTimeout(() => resolve({ kind: 'hung' }), ms).unref());
}

function scaled(timeouts: Timeouts | undefined, factor: number): Timeouts {
  return Object.fromEntries(Object.entries(timeouts ?? {}).map(([limit, ms]) => [limit, ms * factor]));
}

function addressOf(address: Fault['address'], port: number): string {
  if (address === 'unknown-host') return `https://service.invalid:${port}`;
  const scheme = address === 'self-signed' || address === 'no-tls' ? 'https' : 'http';
  return `${scheme}://${loopback}:${port}`;
}

async function settled(isSettled: () => boolean, mostMs: number): Promise<void> {
  const until = performance.now() + mostMs;
  while (!isSettled() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** In whatever can be printed of an error, in any writing. */
function showsKey(error: unknown): boolean {
  return error !== undefined && findSecret(printEverything(error), faultKey) !== undefined;
}
