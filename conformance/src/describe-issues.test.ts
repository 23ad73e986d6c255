import { expect, test } from 'vitest';
import * as z from 'zod';
import { describeIssues } from './describe-issues.ts';
import { schemaKeys } from './schema-keys.ts';

const schema = z.strictObject({
  color: z.enum(['red', 'green']),
  part: z.union([
    z.strictObject({ none: z.string() }),
    z.strictObject({ list: z.array(z.int()), size: z.number().optional() }),
  ]),
  names: z.array(z.string()).min(1),
  title: z.string().max(5),
  day: z.iso.date(),
});
const right = { color: 'red', part: { list: [1] }, names: ['a'], title: 'short', day: '2026-11-22' };

function describeWrong(change: object): string[] {
  const input = { ...right, ...change };
  const { error } = schema.safeParse(input);
  return describeIssues(error?.issues ?? [], { input, knownKeys: schemaKeys(schema) });
}

test.each([
  [{ color: 'blue' }, 'color: is "blue"; use "red" or "green"'],
  [{ color: 'geen' }, 'color: is "geen"; did you mean "green"?'],
  [{ color: undefined }, 'color: is missing: use "red" or "green"'],
  [{ part: { list: [1], sise: 1 } }, 'part.sise: is not known here; did you mean "size"?'],
  [{ part: { list: [1], weight: 1 } }, 'part.weight: is not known here; use "none", "list" or "size"'],
  [{ part: { list: [1.5] } }, 'part.list[0]: is 1.5, but must be a whole number'],
  [{ part: null }, 'part: is null, but must be an object'],
  [{ names: [] }, 'names: holds 0; give at least 1'],
  [{ names: 'a' }, 'names: is "a", but must be a list'],
  [{ title: 'too long' }, 'title: has 8 characters; at most 5 are allowed'],
  [{ day: '22.11.2026' }, 'day: is "22.11.2026", but must be a date such as "2026-11-22"'],
])('%j is told as: %s', (change, problem) => {
  expect(describeWrong(change)).toEqual([problem]);
});
