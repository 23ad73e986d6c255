import { type ConformanceCase, loadCases } from '@qwire/conformance';
import { expect, test } from 'vitest';
import { excludedBecause } from './board-rule.ts';

const { cases } = loadCases();

function caseOf(id: string): ConformanceCase {
  const found = cases.find((testCase) => testCase.id === id);
  if (!found) throw new Error(`There is no case ${id}`);
  return found;
}

test.each([
  ['dashscope/address/singapore', 'its group is about'],
  ['dashscope/endings/idle-limit', 'it is about an option'],
  ['openai-compatible/framing/no-final-blank-line', 'the standard of server-sent events'],
  ['openai-compatible/chat/request-id-in-body', 'it is about the id of a call'],
])('%s is not on the board', (id, because) => {
  expect(excludedBecause(caseOf(id))).toContain(because);
});

test.each([
  'openai-compatible/chat/text',
  'dashscope/endings/abort-before-the-request',
  'dashscope/secrets/key-echoed',
])('%s is on the board', (id) => {
  expect(excludedBecause(caseOf(id))).toBeUndefined();
});
