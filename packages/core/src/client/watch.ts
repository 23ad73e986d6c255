import { QwireError, type TimeoutLimit } from '../qwire-error.ts';

/** Watches over a call or one try of it: everything that may end it from outside ends up in its signal. */
export interface Watch {
  /** Its reason is always a `QwireError`. */
  readonly signal: AbortSignal;
  /** Starts a time limit; the returned function stops it. */
  limit(name: TimeoutLimit, ms: number): () => void;
  abort(error: QwireError): void;
  /** Lets go of timers and of the parent. */
  close(): void;
}

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

export function createWatch(
  parent: AbortSignal | undefined,
  toError: (reason: unknown) => QwireError,
): Watch {
  const controller = new AbortController();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const onParentAbort = () => controller.abort(toError(parent?.reason));
  if (parent?.aborted) onParentAbort();
  else parent?.addEventListener('abort', onParentAbort, { once: true });

  return {
    signal: controller.signal,
    limit(name, ms) {
      if (ms > longestTimer) return () => {};
      const timer = setTimeout(() => controller.abort(timeoutError(name, ms)), ms);
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    abort(error) {
      controller.abort(error);
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      parent?.removeEventListener('abort', onParentAbort);
    },
  };
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
