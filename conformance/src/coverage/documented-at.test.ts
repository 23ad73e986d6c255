import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { textBelow } from './documented-at.ts';

const root = dirname(packageRoot);

test('the text below a heading ends where the next of its depth begins', () => {
  const headers = textBelow('docs/extra-and-raw.md#headers', root);
  expect(headers).toContain('X-DashScope-Plugin');
  expect(headers).not.toContain('logit_bias');
});

test('a heading that is not there has no text', () => {
  expect(textBelow('docs/extra-and-raw.md#nowhere', root)).toBeUndefined();
  expect(textBelow('docs/nowhere.md#headers', root)).toBeUndefined();
});
