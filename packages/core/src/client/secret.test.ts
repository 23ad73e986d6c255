import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

const secret = new Secret('sk-0123456789');

test('a secret tells its text to who asks for it by name', () => {
  expect(secret.reveal()).toBe('sk-0123456789');
});

test.each<[string, (value: Secret) => unknown]>([
  ['a template', (value) => `${value}`],
  ['JSON', (value) => JSON.stringify({ value })],
  ['inspection with everything hidden', (value) => inspect({ value }, { showHidden: true, depth: 9 })],
  ['a copy', (value) => inspect(structuredClone(value))],
  ['its members', (value) => inspect([Reflect.ownKeys(value), { ...value }])],
  ['a sum', (value) => `key: ${String(value)}`],
])('%s does not show it', (_, show) => {
  expect(show(secret)).not.toContain('0123');
});

test('it prints as what it is', () => {
  expect([`${secret}`, JSON.stringify([secret]), inspect({ secret })]).toEqual([
    '[key]',
    '["[key]"]',
    '{ secret: [key] }',
  ]);
});

test('another copy of the class is known by what it does', () => {
  expect(Secret.is({ reveal: () => 'sk-other' })).toBe(true);
  expect([undefined, null, 'sk-text', {}].some(Secret.is)).toBe(false);
});
