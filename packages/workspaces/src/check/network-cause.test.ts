import { QwireError } from '@qwire/core';
import { expect, test } from 'vitest';
import { networkCause } from './network-cause.ts';

test.each([
  ['ENOTFOUND', 'The host name was not found (DNS).'],
  ['ECONNREFUSED', 'The host refused the connection.'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', expect.stringContaining('certificate')],
  ['ECONNRESET', 'The connection was cut.'],
  ['EWHATEVER', undefined],
])('%s in the cause of a cause is told in words', (code, told) => {
  const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });
  const error = new QwireError('The connection to the service failed', { kind: 'connection', cause });
  expect(networkCause(error)).toEqual(told);
});

test('an error without a cause is told by its own words', () => {
  const error = new QwireError('No response began within 20000 ms', { kind: 'timeout' });
  expect(networkCause(error)).toBe('Nobody answered in time.');
});
