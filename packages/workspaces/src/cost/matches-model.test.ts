import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesModel } from './matches-model.ts';

/** The reference: a regular expression, whose time grows with the stars. */
function matchesExpression(pattern: string, id: string): boolean {
  const literal = pattern.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i').test(id);
}

test('a pattern means what it would mean as a regular expression', () => {
  const pattern = fc.stringMatching(/^[ab.A*]{0,8}$/);
  const id = fc.stringMatching(/^[ab.AB\n]{0,12}$/);
  fc.assert(
    fc.property(pattern, id, (some, text) => {
      expect(matchesModel(some, text)).toBe(matchesExpression(some, text));
    }),
  );
});

test.each([
  ['qwen-*', 'qwen-plus\nqwen-max', false],
  ['*', '', true],
  ['a*a', 'a', false],
  ['*-VL-*', 'qwen3-vl-plus', true],
  ['', 'qwen-plus', false],
])('%j and %j', (pattern, id, fits) => {
  expect(matchesModel(pattern, id)).toBe(fits);
});

test('many stars take no longer than one', () => {
  const begin = performance.now();
  expect(matchesModel('*a*a*a*a*a*a*a*a*b', 'a'.repeat(5_000))).toBe(false);
  expect(performance.now() - begin).toBeLessThan(100);
});
