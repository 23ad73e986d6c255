import { expect, test } from 'vitest';
import { isRepeated, toMessages } from './to-messages.ts';
import type { CallView, Turn } from './turn.ts';

const call: CallView = {
  workspace: 'marketing',
  wire: 'dashscope',
  model: 'qwen-plus',
  reasoning: 'Hm',
  text: 'Half an ans',
  toolCalls: [],
  sources: [],
  codeRuns: [],
  warnings: [],
};
const base: Turn = {
  id: 1,
  user: { role: 'user', content: 'Hello' },
  state: 'finished',
  calls: [call],
  answers: [],
};

test('an answered message is repeated with its answers', () => {
  const answers = [{ role: 'assistant', content: 'Hi' }] as const;
  expect(toMessages([{ ...base, answers }])).toEqual([base.user, ...answers]);
});

test('of a stopped answer, the text that was seen is repeated', () => {
  expect(toMessages([{ ...base, state: 'stopped' }])).toEqual([
    base.user,
    { role: 'assistant', content: 'Half an ans' },
  ]);
});

test('a message without an answer is left out', () => {
  const silent: Turn = { ...base, state: 'stopped', calls: [{ ...call, text: '' }] };
  expect(
    toMessages([silent, { ...base, state: 'failed' }, { ...base, state: 'stopped', calls: [] }]),
  ).toEqual([]);
  expect(isRepeated(silent)).toBe(false);
});
