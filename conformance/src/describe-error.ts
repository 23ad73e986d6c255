import { inspect } from 'node:util';
import { QwireError } from '@qwire/core';
import type { OutcomeError } from './outcome.ts';

/** What a caller can learn from something that a client threw. */
export function describeError(error: unknown): OutcomeError {
  const rendered = render(error);
  if (!QwireError.is(error)) return { kind: 'crash', message: String(error), rendered };
  const { kind, code, status, requestId, retryable, hint, message } = error;
  const { timeout, field, workspace, retryAfterMs, text } = error;
  return {
    kind,
    code,
    status,
    requestId,
    retryable,
    hint,
    message,
    timeout,
    field,
    workspace,
    retryAfterMs,
    text,
    rendered,
  };
}

/** Everything that someone could print of an error, hidden members and causes included. */
function render(error: unknown): string {
  const shown = inspect(error, { depth: 10, showHidden: true });
  return [shown, String(error), safeJson(error)].join('\n');
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
