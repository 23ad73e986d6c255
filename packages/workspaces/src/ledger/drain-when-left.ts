import type { CallResult, ChatEvent, FailedTry, QwireError, StreamResult } from '@qwire/core';
import { sleep, startTimer } from '../limits/sleep.ts';
import type { ModelCall } from '../model-call.ts';
import { abortedError } from './aborted-error.ts';
import type { Ending } from './ending.ts';

/** Whoever waits for a call, and may leave it. */
export interface Caller {
  hasLeft(): boolean;
  /** How the call ended as its caller sees it: one that went well without its caller was cancelled. */
  endingOf(ending: Ending): Ending;
}

interface Draining {
  /** Makes the call, with a signal that its caller does not have. */
  readonly run: (call: ModelCall, caller: Caller) => Promise<CallResult>;
  /** How long the call may go on without its caller. */
  readonly timeoutMs: number;
}

/**
 * Makes a call that goes on when its caller aborts it or leaves the loop over its stream: it is read to its end, and not
 * tried again. The caller goes on at once, with the error that it would have got.
 */
export async function drainWhenLeft(call: ModelCall, { run, timeoutMs }: Draining): Promise<CallResult> {
  const caller = watchCaller(call.options.signal, timeoutMs);
  const beforeRetry = (failed: FailedTry) => waitForRetry(failed, call.options);
  const options = { ...call.options, signal: caller.patience, beforeRetry };
  const opening = run({ ...call, options }, caller).then((result) => ({
    result,
    source: result.operation === 'stream' ? result.events[Symbol.asyncIterator]() : undefined,
  }));
  let reading: Promise<unknown> = opening;
  caller.onLeave(async () => {
    const { source } = await opening;
    await reading;
    while (source && !(await source.next()).done);
  });

  const { result, source } = await caller.wait(opening);
  if (result.operation !== 'stream' || !source) {
    caller.end();
    return result;
  }
  return { ...result, events: handOut(source) };

  function handOut(events: AsyncIterator<ChatEvent, unknown>): StreamResult['events'] {
    const ended = { done: true, value: undefined } as const;
    const handed: AsyncIterableIterator<ChatEvent, undefined> = {
      async next() {
        caller.throwIfAborted();
        if (caller.hasLeft()) return ended;
        const next = events.next();
        reading = next;
        const result = await caller.wait(next);
        if (!result.done) return { done: false, value: result.value };
        caller.end();
        return ended;
      },
      async return() {
        caller.leave();
        return ended;
      },
      [Symbol.asyncIterator]: () => handed,
    };
    return handed;
  }
}

/** Follows whether a caller still waits. */
function watchCaller(signal: AbortSignal | undefined, timeoutMs: number) {
  const patience = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failure: QwireError | undefined;
  let state: 'waiting' | 'left' | 'ended' = 'waiting';
  let drain = async () => {};
  /** Ends what the caller waits for. */
  let refuse: (error: unknown) => void = () => {};
  signal?.addEventListener('abort', onAbort, { once: true });

  return {
    patience: patience.signal,
    throwIfAborted() {
      if (failure) throw failure;
    },
    endingOf(ending: Ending): Ending {
      if (state !== 'left' || ending.outcome !== 'completed') return ending;
      return { ...ending, outcome: 'cancelled', ...(failure && { error: { kind: failure.kind } }) };
    },
    hasLeft: () => state === 'left',
    /** What to do then. */
    onLeave(work: () => Promise<void>) {
      drain = work;
    },
    leave,
    end,
    /** The same, until the caller aborts it. A promise for each wait, so that none is remembered for long. */
    wait<T>(work: Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const fail = (error: unknown) => {
          end();
          reject(error);
        };
        work.then(resolve, fail);
        if (failure) reject(failure);
        else refuse = reject;
      });
    },
  };

  function onAbort(): void {
    failure = abortedError(signal?.reason);
    refuse(failure);
    leave();
  }

  function leave(): void {
    if (state !== 'waiting') return;
    state = 'left';
    timer = startTimer(timeoutMs, () => patience.abort(new Error(`It was left ${timeoutMs} ms ago`)));
    // The record says what went wrong; nobody else waits for it.
    drain()
      .catch(() => {})
      .finally(end);
  }

  function end(): void {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    if (state === 'waiting') state = 'ended';
  }
}

/** Another try that nobody waits for is not made; the call then ends with what this one failed of. */
async function waitForRetry(
  failed: FailedTry,
  { signal: caller, beforeRetry }: ModelCall['options'],
): Promise<void> {
  const stopped = new AbortController();
  const stop = () => stopped.abort(failed.error);
  const signals = [failed.signal, ...(caller ? [caller] : [])];
  for (const signal of signals) {
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  }
  try {
    const { signal } = stopped;
    await Promise.all([beforeRetry?.({ ...failed, signal }), sleep(failed.delayMs, { signal })]);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
  }
}
