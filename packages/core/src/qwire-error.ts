import type { ErrorKind } from './error-kind.ts';

const marker = Symbol.for('qwire.error');

/** Which of the time limits ran out. */
export type TimeoutLimit = 'connectMs' | 'firstEventMs' | 'idleMs' | 'totalMs';

export interface QwireErrorOptions {
  readonly kind: ErrorKind;
  /** The service's own code, exactly as it was sent. */
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly workspace?: string | undefined;
  readonly hint?: string | undefined;
  readonly retryable?: boolean | undefined;
  /** Which time limit ran out; given with kind `timeout`. */
  readonly timeout?: TimeoutLimit | undefined;
  /** The request member that is wrong; given with kinds `invalid-request` and `configuration` where one is. */
  readonly field?: string | undefined;
  /** How long the service or a gateway asked to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The reply's text, when it is not the JSON that was asked for. */
  readonly text?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Every failure of Qwire. Switch on `kind`; the other members say what the service said. It holds strings and numbers
 * only: never the key, headers, the prompt or the reply's body. The one exception is `text`, which was paid for. A `cause`
 * that came from outside is a copy with its name, message, code and stack alone.
 */
export class QwireError extends Error {
  override readonly name = 'QwireError';
  /** What went wrong, the same on both wires. */
  readonly kind: ErrorKind;
  /** The service's own code, such as `Model.AccessDenied`; `undefined` when the failure did not come from the service. */
  readonly code: string | undefined;
  /** HTTP status; of an error inside a stream, the status that the stream itself named. */
  readonly status: number | undefined;
  /** The service's id of the call, when it sent one anywhere. */
  readonly requestId: string | undefined;
  /** Which workspace's key was used. */
  readonly workspace: string | undefined;
  /** What to do about it, in one or two sentences. */
  readonly hint: string | undefined;
  /** Whether the same call may succeed later without being changed. */
  readonly retryable: boolean;
  /** Which time limit ran out, of kind `timeout`. */
  readonly timeout: TimeoutLimit | undefined;
  /** The path of the option or request member that is wrong, such as `messages[0].content`. */
  readonly field: string | undefined;
  /** How long the service or a gateway asked to wait before the next try, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The reply's text, when it is not the JSON that was asked for. */
  readonly text: string | undefined;

  constructor(message: string, options: QwireErrorOptions) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    Object.defineProperty(this, marker, { value: true });
    this.kind = options.kind;
    this.code = options.code;
    this.status = options.status;
    this.requestId = options.requestId;
    this.workspace = options.workspace;
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
    this.timeout = options.timeout;
    this.field = options.field;
    this.retryAfterMs = options.retryAfterMs;
    this.text = options.text;
  }

  /** Whether a value is such an error, also one made by another copy of this package. */
  static is(value: unknown): value is QwireError {
    return typeof value === 'object' && value !== null && marker in value;
  }

  /** All that it says, without its cause and stack. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      message: this.message,
      kind: this.kind,
      code: this.code,
      status: this.status,
      requestId: this.requestId,
      workspace: this.workspace,
      hint: this.hint,
      retryable: this.retryable,
      timeout: this.timeout,
      field: this.field,
      retryAfterMs: this.retryAfterMs,
      text: this.text,
    };
  }
}
