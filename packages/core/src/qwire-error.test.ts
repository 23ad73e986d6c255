import { expect, test } from 'vitest';
import { QwireError } from './qwire-error.ts';

test('is known across copies of the package', () => {
  const foreign = Object.assign(new Error('x'), { [Symbol.for('qwire.error')]: true });
  expect(QwireError.is(foreign)).toBe(true);
  expect(QwireError.is(new Error('x'))).toBe(false);
  expect(QwireError.is(undefined)).toBe(false);
});

test('prints as JSON with its message', () => {
  const error = new QwireError('Denied', {
    kind: 'permission-denied',
    code: 'Model.AccessDenied',
    status: 403,
  });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'QwireError',
    message: 'Denied',
    kind: 'permission-denied',
    code: 'Model.AccessDenied',
    status: 403,
    retryable: false,
  });
});
