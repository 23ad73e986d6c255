import type { ChatRequest } from '@qwire/core';
import { expect, test } from 'vitest';
import { boundOutputTokens } from './bound-output-tokens.ts';
import type { TokenLimits } from './token-limits.ts';

const model: TokenLimits = {
  contextTokens: 131_072,
  maxOutputTokens: 16_384,
  thinking: 'optional',
  thinkingByDefault: false,
};

test.each<[string, Partial<ChatRequest>, TokenLimits, number | undefined]>([
  ['the answer of the model', {}, model, 16_384],
  ['the limit that is asked for, and the token beyond it', { maxTokens: 100 }, model, 101],
  ['the limit of all together', { maxCompletionTokens: 100, thinking: true }, {}, 101],
  ['the answer and the budget', { maxTokens: 100, thinking: { budget: 50 } }, model, 151],
  [
    'the answer and all thinking',
    { maxTokens: 100, thinking: true },
    { ...model, maxThinkingTokens: 81_920 },
    82_021,
  ],
  ['the context, when thinking has no known limit', { maxTokens: 100, thinking: true }, model, 131_072],
  [
    'the context of a model that thinks unless it is told not to',
    {},
    { ...model, thinkingByDefault: true },
    131_072,
  ],
  [
    'the answer of one that was told not to',
    { thinking: false },
    { ...model, thinkingByDefault: true },
    16_384,
  ],
  ['the context of one that cannot help it', { thinking: false }, { ...model, thinking: 'always' }, 131_072],
  ['the answer of one that never thinks', { thinking: true }, { ...model, thinking: 'never' }, 16_384],
  ['each answer', { n: 4, maxTokens: 9 }, model, 40],
  ['each answer that extra asks for', { extra: { n: 3 } }, model, 393_216],
  [
    'the context with extra, which may ask for more',
    { maxTokens: 100, extra: { max_tokens: 9_000 } },
    model,
    131_072,
  ],
  ['nothing, when no limit is known', {}, {}, undefined],
  ['nothing, when thinking has none', { maxTokens: 100 }, {}, undefined],
  ['nothing with extra alone', { maxTokens: 100, thinking: false, extra: { a: 1 } }, {}, undefined],
])('is %s', (_, asked, limits, bound) => {
  expect(boundOutputTokens({ model: 'qwen-plus', messages: [], ...asked }, limits)).toBe(bound);
});
