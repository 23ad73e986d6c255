import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { type Schema, toJsonSchema } from './schema.ts';

const city = z.object({ city: z.string() });

test('a zod schema is a schema, and prints itself without its dialect', () => {
  expectTypeOf(city).toExtend<Schema>();
  expect(toJsonSchema(city)).toEqual({
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  });
});

test('a JSON Schema stays as it is', () => {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' };
  expect(toJsonSchema(schema)).toBe(schema);
});
