import { append } from '../append.ts';
import type { Timeouts } from '../client.ts';
import { QwireError, type TimeoutLimit } from '../qwire-error.ts';

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

type Listener = (failure: QwireError) => void;

/** Watches over a call or one try of it: everything that may end it from outside ends up here. */
export class Watch {
  readonly #limits: Required<Timeouts>;
  /** When each limit that was started runs out, as `performance.now` counts. */
  readonly #ends: { [limit in TimeoutLimit]?: number } = {};
  /** One for all limits, set anew only for one that ends earlier. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  /** Made when there is one: many watches are open at once. */
  #listeners: Listener[] | undefined;
  #failure: QwireError | undefined;
  #unlisten: (() => void) | undefined;

  constructor(limits: Required<Timeouts>) {
    this.#limits = limits;
  }

  /** Of a whole call, which its caller's signal may end. */
  static ofCall(limits: Required<Timeouts>, signal: AbortSignal | undefined): Watch {
    const watch = new Watch(limits);
    watch.start('totalMs');
    if (!signal) return watch;
    const onAbort = () => watch.end(abortedError(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    watch.#unlisten = () => signal.removeEventListener('abort', onAbort);
    return watch;
  }

  /** Of one try of a call, which ends with the call. */
  static ofTry(limits: Required<Timeouts>, call: Watch): Watch {
    const watch = new Watch(limits);
    const end = (failure: QwireError) => watch.end(failure);
    call.onAbort(end);
    watch.#unlisten = () => call.offAbort(end);
    return watch;
  }

  /** Why it was ended from outside, when it was. */
  get failure(): QwireError | undefined {
    return this.#failure;
  }

  /** Calls back when it is ended, at once if it was. */
  onAbort(listener: Listener): void {
    if (this.#failure) listener(this.#failure);
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

  /** Lets go of its timer and of what it listens to. */
  close(): void {
    this.#setTimer(undefined);
    // What is still being read may start its limit once more: no timer is set for it.
    this.#timerAt = Number.NEGATIVE_INFINITY;
    this.#unlisten?.();
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
      if (end <= now) this.end(timeoutError(limit, this.#limits[limit]));
      else this.#wakeAt(end);
    }
  }

  /** Ends it from outside, for this reason. */
  end(failure: QwireError): void {
    if (this.#failure) return;
    this.#failure = failure;
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener(failure);
  }
}

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
