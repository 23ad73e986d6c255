import { expect, test } from 'vitest';
import { toInstance } from './json-instance.ts';

test('fills the required members with the smallest values', () => {
  const schema = {
    type: 'object',
    properties: {
      city: { type: 'string', minLength: 6 },
      unit: { enum: ['celsius', 'fahrenheit'] },
      days: { type: 'integer', minimum: 1 },
      tags: { type: 'array', items: { type: 'string' }, minItems: 1 },
      exact: { const: 7 },
      sure: { type: 'boolean' },
      optional: { type: 'string' },
    },
    required: ['city', 'unit', 'days', 'tags', 'exact', 'sure'],
  };
  expect(toInstance(schema, 'text')).toEqual({
    city: 'text..',
    unit: 'celsius',
    days: 1,
    tags: ['text'],
    exact: 7,
    sure: true,
  });
});

test('follows references and takes the first branch', () => {
  const schema = { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ type: ['number', 'null'], maximum: -2 }] } } };
  expect(toInstance(schema)).toBe(-2);
});

test('ends on a schema that holds itself', () => {
  const schema = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
  expect(JSON.stringify(toInstance(schema))).toContain('null');
});
