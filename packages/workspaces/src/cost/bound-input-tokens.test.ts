import type { ChatRequest, Message } from '@qwire/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundEmbedTokens, boundInputTokens } from './bound-input-tokens.ts';

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', '\u00e9', 'e\u0301', '한', '漢', '🙂', '؀', '\ufb2a'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ role: fc.constant('system' as const), content: text }),
  fc.record({
    role: fc.constant('user' as const),
    content: fc.array(
      fc.oneof(
        text.map((words) => ({ type: 'text' as const, text: words })),
        fc.constant({ type: 'image' as const, image: 'https://pictures.example/cat.png' }),
      ),
    ),
  }),
  fc.record({
    role: fc.constant('assistant' as const),
    content: fc.array(
      fc.oneof(
        text.map((words) => ({ type: 'reasoning' as const, text: words })),
        fc.record({ type: fc.constant('tool-call' as const), id: text, name: text, arguments: text }),
      ),
    ),
  }),
  fc.record({ role: fc.constant('tool' as const), toolCallId: text, content: text }),
);
const tool = fc.record({ name: text, description: text, parameters: fc.constant({ type: 'object' }) });
const request = fc.record({
  model: fc.constant('qwen-plus'),
  messages: fc.array(message),
  tools: fc.array(tool, { maxLength: 3 }),
});

function bound(asked: Omit<ChatRequest, 'model'>, limits = {}): number | undefined {
  return boundInputTokens({ model: 'qwen-plus', ...asked }, limits);
}

function bytes(words: string): number {
  return new TextEncoder().encode(words).length;
}

test('is above the bytes of all text', () => {
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const messages = texts.map((content) => ({ role: 'user' as const, content }));
      expect(bound({ messages })).toBeGreaterThan(texts.reduce((sum, words) => sum + bytes(words), 0));
    }),
  );
});

test('rises with each message, each tool and each answer', () => {
  fc.assert(
    fc.property(request, message, tool, (asked, anotherMessage, anotherTool) => {
      const before = bound(asked) ?? Number.NaN;
      expect(bound({ ...asked, messages: [...asked.messages, anotherMessage] })).toBeGreaterThan(before);
      expect(bound({ ...asked, tools: [...asked.tools, anotherTool] })).toBeGreaterThan(before);
      expect(bound({ ...asked, n: 3 })).toBe(3 * before);
      expect(bound({ ...asked, responseFormat: { type: 'object' } })).toBeGreaterThan(before);
    }),
  );
});

test('does not fall as text grows', () => {
  fc.assert(
    fc.property(text, text, (start, more) => {
      const of = (content: string) => bound({ messages: [{ role: 'user', content }] }) ?? Number.NaN;
      expect(of(start + more)).toBeGreaterThanOrEqual(of(start));
      expect(of(start + more)).toBeGreaterThanOrEqual(of(more));
    }),
    { numRuns: 1_000 },
  );
});

test('covers text that a tokenizer decomposes', () => {
  // One Hebrew character of three bytes, which composed text writes as two of two bytes.
  expect(bytes('\ufb2a')).toBe(3);
  expect(bytes('\ufb2a'.normalize('NFC'))).toBe(4);
  const of = (content: string) => bound({ messages: [{ role: 'user', content }] }) ?? Number.NaN;
  expect(of('\ufb2a') - of('')).toBe(4);
});

test('a picture has the most tokens that one can have, and its marks', () => {
  const of = (images: number) => {
    const image = { type: 'image', image: 'https://pictures.example/cat.png' } as const;
    return (
      bound({ messages: [{ role: 'user', content: Array.from({ length: images }, () => image) }] }) ??
      Number.NaN
    );
  };
  expect(of(2) - of(1)).toBe(16_386);
});

const open: readonly [string, Omit<ChatRequest, 'model'>][] = [
  [
    'a film',
    { messages: [{ role: 'user', content: [{ type: 'video', video: 'https://films.example/1.mp4' }] }] },
  ],
  [
    'sound',
    { messages: [{ role: 'user', content: [{ type: 'audio', audio: 'https://sounds.example/1.wav' }] }] },
  ],
  ['a document', { messages: [{ role: 'system', content: [{ type: 'document', document: 'fileid://1' }] }] }],
  ['a search', { messages: [], search: { forced: true } }],
  ['code', { messages: [], codeInterpreter: true }],
  ['a translation', { messages: [], translation: { to: 'English' } }],
  ['a task of reading', { messages: [], ocr: { task: 'text_recognition' } }],
  ['extra', { messages: [], extra: { enable_search: true } }],
];

test.each(open)('%s counts as all that the model takes, if that is known', (_, asked) => {
  expect(bound(asked)).toBeUndefined();
  expect(bound(asked, { maxInputTokens: 30_720 })).toBe(30_720);
});

test('no request has more than the model takes, for each answer', () => {
  const messages: Message[] = [{ role: 'user', content: 'a'.repeat(50_000) }];
  expect(bound({ messages }, { maxInputTokens: 30_720 })).toBe(30_720);
  expect(bound({ messages, n: 2 }, { maxInputTokens: 30_720 })).toBe(61_440);
  expect(bound({ messages: [], extra: { n: 4 } }, { maxInputTokens: 30_720 })).toBe(122_880);
});

test('switched off is not open', () => {
  const closed = { messages: [], search: false, codeInterpreter: false, extra: {} };
  expect(bound(closed)).toBe(bound({ messages: [] }));
});

test('texts for vectors are bounded by their bytes', () => {
  fc.assert(
    fc.property(fc.array(text), text, (input, instruction) => {
      const plain = boundEmbedTokens({ model: 'text-embedding-v4', input }) ?? Number.NaN;
      expect(plain).toBeGreaterThanOrEqual(input.reduce((sum, words) => sum + bytes(words), 0));
      expect(boundEmbedTokens({ model: 'text-embedding-v4', input, instruction })).toBeGreaterThanOrEqual(
        plain,
      );
    }),
  );
  expect(boundEmbedTokens({ model: 'text-embedding-v4', input: 'abc' })).toBe(19);
  expect(boundEmbedTokens({ model: 'text-embedding-v4', input: 'abc', extra: { a: 1 } })).toBeUndefined();
});
