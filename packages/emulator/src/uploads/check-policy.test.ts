import { expect, test } from 'vitest';
import { checkPolicy } from './check-policy.ts';

const expiration = '2026-11-23T00:05:00.000Z';
const now = Date.parse(expiration) - 1;

test('a file of the greatest size passes, and one byte more is too large', () => {
  const conditions = [['content-length-range', 0, 10]] as const;
  expect(() => checkPolicy({ fields: {}, size: 10 }, { expiration, conditions }, now)).not.toThrow();
  expect(() => checkPolicy({ fields: {}, size: 11 }, { expiration, conditions }, now)).toThrow(
    'Your proposed upload exceeds the maximum allowed size.',
  );
});

test('a policy holds until its last moment', () => {
  const form = { fields: {}, size: 1 };
  const policy = { expiration, conditions: [] };
  expect(() => checkPolicy(form, policy, now)).not.toThrow();
  expect(() => checkPolicy(form, policy, now + 1)).toThrow('Policy expired');
});
