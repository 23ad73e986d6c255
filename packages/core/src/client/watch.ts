import { append } from '../append.ts';
import type { Timeouts } from '../client.ts';
import { QwireError, type TimeoutLimit } from '../qwire-error.ts';

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

type Listener = (failure: QwireError) => void;

/**
 * Watches over a call and the try of it that is under way: everything that may end them from outside ends up here. One for
 * both, since many calls are open at once.
 */
export class Watch {
  readonly #limits: Required<Timeouts>;
  /** When each limit that was started runs out, as `performance.now` counts. */
  readonly #ends: { [limit in TimeoutLimit]?: number } = {};
  /** One for all limits, set anew only for one that ends earlier. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #listeners: Listener[] | undefined;
  #callFailure: QwireError | undefined;
  #tryFailure: QwireError | undefined;
  #unlisten: (() => void) | undefined;

  /** @param signal the caller's, which ends the call */
  constructor(limits: Required<Timeouts>, signal?: AbortSignal) {
    this.#limits = limits;
    this.start('totalMs');
    if (!signal) return;
    const onAbort = () => this.end(abortedError(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
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

  /** Calls back when the try is ended, at once if it was. */
  onAbort(listener: Listener): void {
    if (this.failure) listener(this.failure);
    else this.#listeners = append(this.#listeners, listener);
  }

  offAbort(listener: Listener): void {
    this.#listeners = this.#listeners?.filter((other) => other !== listener);
  }

  /** From now on this limit runs, anew if it ran. */
  start(limit: TimeoutLimit): void {
    const ms = this.#limits[limit];
    if (ms > longestTimer) return;
    const end = performance.now() + ms;
    this.#ends[limit] = end;
    this.#wakeAt(end);
  }

  stop(limit: TimeoutLimit): void {
    this.#ends[limit] = Number.POSITIVE_INFINITY;
  }

  /** The try is over: its limits end nothing any more, and what ended it does not end the next. */
  endTry(): void {
    for (const limit of limitsOfTries) this.stop(limit);
    this.#listeners = undefined;
    this.#tryFailure = undefined;
  }

  /** Lets go of its timer and of what it listens to. */
  close(): void {
    this.#setTimer(undefined);
    // What is still being read may start its limit once more: no timer is set for it.
    this.#timerAt = Number.NEGATIVE_INFINITY;
    this.#unlisten?.();
  }

  /** Ends the call from outside, for this reason. */
  end(failure: QwireError): void {
    this.#callFailure ??= failure;
    this.#tell(failure);
  }

  #wakeAt(at: number): void {
    if (at < this.#timerAt) this.#setTimer(at);
  }

  #setTimer(at: number | undefined): void {
    clearTimeout(this.#timer);
    this.#timerAt = at ?? Number.POSITIVE_INFINITY;
    this.#timer =
      at === undefined ? undefined : setTimeout(() => this.#check(), Math.max(0, at - performance.now()));
  }

  #check(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    for (const limit of Object.keys(this.#ends) as TimeoutLimit[]) {
      const end = this.#ends[limit] ?? Number.POSITIVE_INFINITY;
      if (end > now) this.#wakeAt(end);
      else this.#runOut(limit);
    }
  }

  #runOut(limit: TimeoutLimit): void {
    this.stop(limit);
    const failure = timeoutError(limit, this.#limits[limit]);
    if (limit === 'totalMs') this.end(failure);
    else if (!this.failure) {
      this.#tryFailure = failure;
      this.#tell(failure);
    }
  }

  #tell(failure: QwireError): void {
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener(failure);
  }
}

const limitsOfTries = ['connectMs', 'firstEventMs', 'idleMs'] as const;

export function abortedError(reason: unknown): QwireError {
  return new QwireError('The call was aborted', { kind: 'aborted', cause: reason });
}

const timeoutMessages: Readonly<Record<TimeoutLimit, string>> = {
  connectMs: 'No response began within',
  firstEventMs: 'No answer began within',
  idleMs: 'The service went silent for',
  totalMs: 'The call was not finished within',
};

export function timeoutError(limit: TimeoutLimit, ms?: number, cause?: unknown): QwireError {
  const time = ms === undefined ? 'the platform’s own limit' : `${ms} ms`;
  return new QwireError(`${timeoutMessages[limit]} ${time}`, {
    kind: 'timeout',
    timeout: limit,
    retryable: limit !== 'totalMs',
    hint: `Raise timeouts.${limit} if the model may need longer; a stream shows the answer as it is written.`,
    cause,
  });
}
