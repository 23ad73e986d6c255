import type { Timeouts } from '../client.ts';
import { QwireError, type TimeoutLimit } from '../qwire-error.ts';

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

/** What ends when the try does. */
export interface Cancellable {
  cancel(failure: QwireError): void;
}

/**
 * Watches over a call and the try of it that is under way: everything that may end them from outside ends up here. One for
 * both, since many calls are open at once.
 */
export class Watch {
  readonly #limits: Required<Timeouts>;
  /** When each limit that runs will have run out, as `performance.now` counts; whole numbers take no room of their own. */
  readonly #ends: { [limit in TimeoutLimit]?: number | undefined } = {};
  /** One for all limits, set anew only for one that ends earlier. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt: number | undefined;
  #isClosed = false;
  #watched: Cancellable | undefined;
  #callFailure: QwireError | undefined;
  #tryFailure: QwireError | undefined;
  #unlisten: (() => void) | undefined;

  /** @param signal the caller's, which ends the call */
  constructor(limits: Required<Timeouts>, signal?: AbortSignal) {
    this.#limits = limits;
    this.start('totalMs');
    if (!signal) return;
    const onAbort = () => this.end(abortedError(signal.reason));
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    this.#unlisten = () => signal.removeEventListener('abort', onAbort);
  }

  /** Why the call was ended from outside, when it was. */
  get callFailure(): QwireError | undefined {
    return this.#callFailure;
  }

  /** Why the try, or the call with it, was ended from outside, when it was. */
  get failure(): QwireError | undefined {
    return this.#tryFailure ?? this.#callFailure;
  }

  /** From now on this, and nothing else, is cancelled when the try is ended; at once if it was. */
  over(watched: Cancellable | undefined): void {
    this.#watched = watched;
    if (this.failure) this.#cancel(this.failure);
  }

  /** From now on this limit runs, anew if it ran. */
  start(limit: TimeoutLimit): void {
    const ms = this.#limits[limit];
    if (ms > longestTimer) return;
    const now = performance.now();
    const end = Math.ceil(now + ms);
    this.#ends[limit] = end;
    this.#wakeAt(end, now);
  }

  stop(limit: TimeoutLimit): void {
    this.#ends[limit] = undefined;
  }

  /** The try is over: its limits end nothing any more, and what ended it does not end the next. */
  endTry(): void {
    for (const limit of limitsOfTries) this.stop(limit);
    this.#watched = undefined;
    this.#tryFailure = undefined;
  }

  /** Lets go of its timer and of what it listens to. */
  close(): void {
    clearTimeout(this.#timer);
    // What is still being read may start its limit once more: no timer is set for it.
    this.#isClosed = true;
    this.#unlisten?.();
    this.#unlisten = undefined;
  }

  /** Ends the call from outside, for this reason. */
  end(failure: QwireError): void {
    this.#callFailure ??= failure;
    this.close();
    this.#cancel(failure);
  }

  #wakeAt(at: number, now: number): void {
    if (this.#isClosed || (this.#timerAt !== undefined && this.#timerAt <= at)) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#check(), at - now);
  }

  #check(): void {
    this.#timerAt = undefined;
    const now = performance.now();
    for (const limit of Object.keys(this.#ends) as TimeoutLimit[]) {
      const end = this.#ends[limit];
      if (end === undefined) continue;
      if (end > now) this.#wakeAt(end, now);
      else this.#runOut(limit);
    }
  }

  #runOut(limit: TimeoutLimit): void {
    this.stop(limit);
    const failure = timeoutError(limit, this.#limits[limit]);
    if (limit === 'totalMs') this.end(failure);
    else if (!this.failure) {
      this.#tryFailure = failure;
      this.#cancel(failure);
    }
  }

  #cancel(failure: QwireError): void {
    const watched = this.#watched;
    this.#watched = undefined;
    watched?.cancel(failure);
  }
}

const limitsOfTries = ['connectMs', 'firstEventMs', 'idleMs'] as const;

export function abortedError(reason: unknown, requestId?: string): QwireError {
  return new QwireError('The call was aborted', { kind: 'aborted', requestId, cause: reason });
}

const timeoutMessages: Readonly<Record<TimeoutLimit, string>> = {
  connectMs: 'No response began within',
  firstEventMs: 'No answer began within',
  idleMs: 'The service went silent for',
  totalMs: 'The call was not finished within',
};

/** Limits that a whole answer runs into. */
const streamHelps: readonly TimeoutLimit[] = ['firstEventMs', 'totalMs'];

export function timeoutError(limit: TimeoutLimit, ms?: number, cause?: unknown): QwireError {
  const time = ms === undefined ? 'the platform’s own limit' : `${ms} ms`;
  return new QwireError(`${timeoutMessages[limit]} ${time}`, {
    kind: 'timeout',
    timeout: limit,
    retryable: limit !== 'totalMs',
    hint: `Raise timeouts.${limit} if the service may take longer${streamHelps.includes(limit) ? '; a stream shows the answer as it is written' : ''}.`,
    cause,
  });
}
