import { fuzz } from '@qwire/conformance/vitest';
import type { ChatRequest, ChatResponse, Usage } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import fc, { type Arbitrary } from 'fast-check';
import { expect } from 'vitest';
import type { ReplyRule } from './config.ts';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';

const emulator = createEmulator(sampleConfig);
const options = { apiKey: 'sk-default', region: 'singapore', fetch: emulator.fetch, maxRetries: 0 } as const;
const wires = [createOpenAICompatible(options), createDashScope(options)];

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'data: ',
    '\n\n',
    '\r',
    '\u2028',
    '"}',
    '\\',
    '\u0000',
    '\ufeff',
    '\ud83d',
    '\ude00',
    '__proto__',
    '杭州',
  ),
);
const filledText = text.map((value) => value || 'x');
const pieces = fc.array(filledText, { maxLength: 5 });
const toolArguments = fc.oneof(
  fc.json(),
  fc
    .dictionary(fc.oneof(text, fc.constant('__proto__')), text, { maxKeys: 3 })
    .map((value) => JSON.stringify(value)),
  text,
);
const count = fc.nat(9_000_000);
const usage: Arbitrary<NonNullable<ReplyRule['usage']>> = fc.record(
  {
    inputTokens: count,
    outputTokens: count,
    reasoningTokens: count,
    cachedInputTokens: count,
    cacheCreation5mInputTokens: count,
    cacheCreation1hInputTokens: count,
    webSearches: fc.nat(5),
    imageSearches: fc.nat(5),
    codeInterpreterRuns: fc.nat(5),
  },
  { requiredKeys: [] },
);
const fault: Arbitrary<NonNullable<ReplyRule['fault']>> = fc.record(
  {
    bytesPerChunk: fc.integer({ min: 1, max: 9 }),
    framesPerChunk: fc.integer({ min: 1, max: 9 }),
    framing: fc.record({ crlf: fc.boolean(), byteOrderMark: fc.boolean(), swapSpaces: fc.boolean() }),
  },
  { requiredKeys: [] },
);
const tools = ['look', 'search_it', 'toString'];

/** What a model says, and how it travels. */
const said = fc.record({
  chunks: pieces,
  reasoning: filledText,
  toolCalls: fc.array(
    fc.record({ name: fc.constantFrom(...tools), arguments: toolArguments, id: filledText }),
    { maxLength: 3 },
  ),
  sources: fc.array(fc.record({ title: filledText, url: fc.webUrl(), siteName: filledText }), {
    maxLength: 3,
  }),
  finishReason: fc.constantFrom('stop' as const, 'length' as const),
  usage,
  fault,
});
const asked = fc.record({
  model: fc.constantFrom('qwen-plus', 'qwen3-vl-plus', 'qwen3-max'),
  thinking: fc.boolean(),
  calling: fc.boolean(),
  searching: fc.boolean(),
  logprobs: fc.option(
    fc.nat(5).map((top) => ({ top })),
    { nil: false as const },
  ),
});

fuzz(
  'what a model says is read alike on both wires, whole or as a stream',
  fc.asyncProperty(said, asked, async (rule, { model, thinking, calling, searching, logprobs }) => {
    emulator.reset();
    emulator.use(rule);
    const request: ChatRequest = {
      model,
      messages: [{ role: 'user', content: 'Say it.' }],
      thinking,
      logprobs,
      ...(calling ? { tools: tools.map((name) => ({ name })), parallelToolCalls: true } : {}),
      ...(searching && model !== 'qwen3-vl-plus' ? { search: true } : {}),
    };
    const replies: ChatResponse[] = [];
    for (const client of wires) {
      const whole = await client.chat(request);
      const streamed = await client.stream(request).response();
      for (const reply of [whole, streamed]) {
        expect(reply).toMatchObject(expected(rule, request));
        expect(joined(reply)).toBe(logprobs && reply.text ? reply.text : undefined);
        const isNative = client.wire === 'dashscope';
        expect(reply.sources).toEqual(isNative && request.search ? rule.sources.map(withIndex) : []);
        checkUsage(reply.usage, rule.usage, { isNative });
      }
      // The emulator cuts a stream's tokens at its pieces.
      const untold = { logprobs: [], choices: [] };
      expect({ ...alike(streamed), ...untold }).toEqual({ ...alike(whole), ...untold });
      replies.push(whole);
    }
    const [one, other] = replies.map((reply) => ({ ...alike(reply), usage: shared(reply.usage) }));
    expect(one).toEqual(other);
  }),
);

fuzz(
  'several answers keep their texts and their order on both wires',
  fc.asyncProperty(fc.array(filledText, { minLength: 1, maxLength: 4 }), usage, async (choices, counts) => {
    emulator.reset();
    emulator.use({ choices, usage: counts });
    const messages = [{ role: 'user', content: 'Say it.' }] as const;
    for (const client of wires) {
      const reply = await client.chat({ model: 'qwen-plus', messages, n: choices.length });
      expect(reply.choices.map((choice) => choice.text)).toEqual(choices);
      expect(reply.text).toBe(choices[0]);
    }
  }),
);

type Said = Pick<Required<ReplyRule>, 'finishReason'> & {
  readonly chunks: readonly string[];
  readonly reasoning: string;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
};

function expected(
  { chunks, reasoning, toolCalls, finishReason }: Said,
  { thinking, tools: offered }: ChatRequest,
) {
  const calls = offered ? toolCalls : [];
  return {
    text: chunks.join(''),
    reasoning: thinking ? reasoning : undefined,
    toolCalls: calls.map((call) => ({ ...call, input: parse(call.arguments) })),
    finishReason: calls.length > 0 && finishReason === 'stop' ? 'tool-calls' : finishReason,
    rawFinishReason: finishReason,
    warnings: [],
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The text that its tokens make up. */
function joined({ logprobs }: ChatResponse): string | undefined {
  return logprobs?.map(({ token }) => token).join('');
}

function withIndex(source: object, index: number): object {
  return { ...source, index: index + 1 };
}

/** Counts that were named arrive; a count of nothing may be left out. */
function checkUsage(
  counted: Usage,
  named: NonNullable<ReplyRule['usage']>,
  { isNative }: { readonly isNative: boolean },
): void {
  for (const [name, amount] of Object.entries(named)) {
    if (!isNative && nativeCounts.has(name)) continue;
    expect(counted[name as keyof Usage] ?? 0, name).toBe(amount);
  }
  expect(counted.totalTokens).toBe((counted.inputTokens ?? 0) + (counted.outputTokens ?? 0));
}

const nativeCounts = new Set(['webSearches', 'imageSearches', 'codeInterpreterRuns']);

/** What both wires report alike: the service counts thinking among the tokens of text on one of them only. */
function shared(usage: Usage): Partial<Usage> {
  const unlike = new Set([...nativeCounts, 'outputTextTokens']);
  return Object.fromEntries(Object.entries(usage).filter(([name]) => !unlike.has(name)));
}

/** Without what each call has of its own. */
function alike({ raw: _, requestId: __, sources: ___, ...reply }: ChatResponse) {
  return reply;
}
