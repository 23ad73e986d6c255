import { QwireError } from '@qwire/core';
import type { ConsoleError } from '../shared/console-api.ts';

/**
 * What the page may know of a failure: named members only, so that a cause or anything else that hangs on an error
 * stays on this side.
 */
export function toConsoleError(error: unknown): ConsoleError {
  if (!QwireError.is(error)) {
    return {
      kind: undefined,
      message: 'The console itself failed.',
      hint: 'The terminal that it was started from says why.',
      retryable: false,
    };
  }
  const { kind, message, code, status, requestId, workspace, hint, field, retryable } = error;
  return { kind, message, code, status, requestId, workspace, hint, field, retryable };
}

/** A request that the console turned down itself, before it called anything. */
export function refusal(message: string, field?: string): ConsoleError {
  return { kind: 'invalid-request', message, field, retryable: false };
}
