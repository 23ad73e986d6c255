import { QwireError } from '@qwire/core';
import { expect, test } from 'vitest';
import { toConsoleError } from './console-error.ts';

test('the members that say what happened reach the page, the cause does not', () => {
  const error = new QwireError('Model access denied. (Model.AccessDenied)', {
    kind: 'permission-denied',
    code: 'Model.AccessDenied',
    status: 403,
    requestId: 'request-1',
    workspace: 'llm-marketing',
    hint: 'Grant the model.',
    cause: new Error('secret'),
  });
  expect(toConsoleError(error)).toEqual({
    kind: 'permission-denied',
    message: 'Model access denied. (Model.AccessDenied)',
    code: 'Model.AccessDenied',
    status: 403,
    requestId: 'request-1',
    workspace: 'llm-marketing',
    hint: 'Grant the model.',
    field: undefined,
    retryable: false,
  });
});

test('the words of a failure inside the console stay on the server', () => {
  expect(JSON.stringify(toConsoleError(new Error('sk-secret')))).not.toContain('sk-secret');
});
