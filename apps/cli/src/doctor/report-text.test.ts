import type { Finding } from '@qwire/workspaces';
import { expect, test } from 'vitest';
import { reportText } from './report-text.ts';

const finding = {
  workspace: 'marketing',
  model: 'qwen-max',
  standing: 'wrong',
  verdict: 'not-granted',
  title: 'not granted',
  detail: 'The service said: \u001b]0;title\u0007 \u202eno.',
} as unknown as Finding;

test('what the service said steers no terminal', () => {
  expect(reportText({ findings: [finding] }, 200)).toContain('\\u001b]0;title\\u0007 \\u202eno.');
});
