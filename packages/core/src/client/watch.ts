import { QwireError, type TimeoutLimit } from '../qwire-error.ts';

/** A time limit for many short waits, one after the other, which share a timer. */
export interface Waits {
  begin(): void;
  end(): void;
}

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

type Timer = ReturnType<typeof setTimeout>;

/** Watches over a call or one try of it: everything that may end it from outside ends up here. */
export class Watch {
  // Lists, because there are few, and many watches are open at once.
  #timers: Timer[] = [];
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

  /** Starts a time limit; the returned function stops it. */
  limit(name: TimeoutLimit, ms: number): () => void {
    const timer = this.#start(ms, () => this.end(timeoutError(name, ms)));
    return () => this.#stop(timer);
  }

  waits(name: TimeoutLimit, ms: number): Waits {
    let began: number | undefined;
    let isTimed = false;
    const check = (left: number) => {
      isTimed = true;
      this.#start(left, () => {
        isTimed = false;
        if (began === undefined) return;
        const more = began + ms - performance.now();
        if (more > 0) check(more);
        else this.end(timeoutError(name, ms));
      });
    };
    return {
      begin() {
        began = performance.now();
        if (!isTimed) check(ms);
      },
      end() {
        began = undefined;
      },
    };
  }

  /** Lets go of timers and of what it listens to. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#unlisten?.();
  }

  #start(ms: number, onEnd: () => void): Timer | undefined {
    if (ms > longestTimer) return undefined;
    const timer = setTimeout(() => {
      this.#stop(timer);
      onEnd();
    }, ms);
    this.#timers.push(timer);
    return timer;
  }

  #stop(timer: Timer | undefined): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#timers = this.#timers.filter((other) => other !== timer);
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
