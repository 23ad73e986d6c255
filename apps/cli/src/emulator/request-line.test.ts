import type { RequestRecord } from '@qwire/emulator';
import { expect, test } from 'vitest';
import { requestLine } from './request-line.ts';

const record = {
  at: 0,
  wire: 'openai-compatible',
  model: 'qwen-plus\u001b[31m\nFAKE',
  method: 'POST',
  path: '/v1',
  status: 400,
  code: 'Odd\u0007',
  outcome: 'failed',
  durationMs: 1,
  unknownParameters: ['a\u001b[2Jb'],
} as unknown as RequestRecord;

test('what a caller sent steers no terminal', () => {
  const line = requestLine(record, { workspaces: [] });
  expect(line).toContain('qwen-plus\\u001b[31m\\u000aFAKE');
  expect(line).toContain('a\\u001b[2Jb');
  expect(line).toContain('Odd\\u0007');
});
