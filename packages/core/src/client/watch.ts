import { QwireError, type TimeoutLimit } from '../qwire-error.ts';

/** Watches over a call or one try of it: everything that may end it from outside ends up here. */
export interface Watch {
  /** Why it was ended from outside, when it was. */
  readonly failure: QwireError | undefined;
  /** Calls back when it is ended, at once if it was; the returned function takes that back. */
  onAbort(listener: (failure: QwireError) => void): () => void;
  /** Starts a time limit; the returned function stops it. */
  limit(name: TimeoutLimit, ms: number): () => void;
  /** A time limit for many short waits, one after the other, which share a timer. */
  waits(name: TimeoutLimit, ms: number): Waits;
  /** Lets go of timers and of what it listens to. */
  close(): void;
}

export interface Waits {
  begin(): void;
  end(): void;
}

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

/** @param listen connects it with what may end it, and returns what disconnects it */
export function createWatch(listen: (abort: (failure: QwireError) => void) => () => void): Watch {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const listeners = new Set<(failure: QwireError) => void>();
  let failure: QwireError | undefined;
  const unlisten = listen(abort);

  return {
    get failure() {
      return failure;
    },
    onAbort(listener) {
      if (failure) listener(failure);
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    limit(name, ms) {
      return startTimer(ms, () => abort(timeoutError(name, ms)));
    },
    waits(name, ms) {
      let began: number | undefined;
      let isTimed = false;
      const check = (left: number) => {
        isTimed = true;
        startTimer(left, () => {
          isTimed = false;
          if (began === undefined) return;
          const more = began + ms - performance.now();
          if (more > 0) check(more);
          else abort(timeoutError(name, ms));
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
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      unlisten();
    },
  };

  function startTimer(ms: number, onEnd: () => void): () => void {
    if (ms > longestTimer) return () => {};
    const timer = setTimeout(() => {
      timers.delete(timer);
      onEnd();
    }, ms);
    timers.add(timer);
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  }

  function abort(cause: QwireError): void {
    if (failure) return;
    failure = cause;
    for (const listener of listeners) listener(cause);
    listeners.clear();
  }
}

/** Watches over a whole call, which its caller's signal may end. */
export function watchSignal(signal: AbortSignal | undefined): Watch {
  return createWatch((abort) => {
    if (!signal) return () => {};
    const onAbort = () => abort(abortedError(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    return () => signal.removeEventListener('abort', onAbort);
  });
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
