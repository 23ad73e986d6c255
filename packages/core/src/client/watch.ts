import { QwireError, type TimeoutLimit } from '../qwire-error.ts';

/** A time limit, which may be started and stopped often. */
export class Limit {
  /** When it runs out, as `performance.now` counts. */
  at = Number.POSITIVE_INFINITY;
  readonly name: TimeoutLimit;
  readonly ms: number;
  readonly #watch: Watch;

  constructor(name: TimeoutLimit, ms: number, watch: Watch) {
    this.name = name;
    this.ms = ms;
    this.#watch = watch;
  }

  start(): this {
    if (this.ms <= longestTimer) {
      this.at = performance.now() + this.ms;
      this.#watch.wakeAt(this.at);
    }
    return this;
  }

  stop(): void {
    this.at = Number.POSITIVE_INFINITY;
  }
}

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

/** Watches over a call or one try of it: everything that may end it from outside ends up here. */
export class Watch {
  // Lists, because there are few, and many watches are open at once.
  readonly #limits: Limit[] = [];
  /** One for all limits, set anew only for one that ends earlier. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #listeners: ((failure: QwireError) => void)[] = [];
  #failure: QwireError | undefined;
  #unlisten: (() => void) | undefined;

  /** Of a whole call, which its caller's signal may end. */
  static ofCall(signal: AbortSignal | undefined): Watch {
    const watch = new Watch();
    if (!signal) return watch;
    const onAbort = () => watch.end(abortedError(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    watch.#unlisten = () => signal.removeEventListener('abort', onAbort);
    return watch;
  }

  /** Of one try of a call, which ends with the call. */
  static ofTry(call: Watch): Watch {
    const watch = new Watch();
    watch.#unlisten = call.onAbort((failure) => watch.end(failure));
    return watch;
  }

  /** Why it was ended from outside, when it was. */
  get failure(): QwireError | undefined {
    return this.#failure;
  }

  /** Calls back when it is ended, at once if it was; the returned function takes that back. */
  onAbort(listener: (failure: QwireError) => void): () => void {
    if (this.#failure) listener(this.#failure);
    else this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** A time limit that is not started yet. */
  limit(name: TimeoutLimit, ms: number): Limit {
    const limit = new Limit(name, ms, this);
    this.#limits.push(limit);
    return limit;
  }

  /** Lets go of its timer and of what it listens to. */
  close(): void {
    for (const limit of this.#limits) limit.stop();
    this.#setTimer(undefined);
    // What is still being read may start its limit once more: no timer is set for it.
    this.#timerAt = Number.NEGATIVE_INFINITY;
    this.#unlisten?.();
  }

  /** Looks at its limits then, unless it does before. */
  wakeAt(at: number): void {
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
    for (const { at, name, ms } of this.#limits) {
      if (at <= now) this.end(timeoutError(name, ms));
      else this.wakeAt(at);
    }
  }

  /** Ends it from outside, for this reason. */
  end(failure: QwireError): void {
    if (this.#failure) return;
    this.#failure = failure;
    const listeners = this.#listeners;
    this.#listeners = [];
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
