import { expect, test } from 'vitest';
import type { ReplyRule } from '../config.ts';
import { createEmulator } from '../create-emulator.ts';
import { sampleConfig } from '../sample-config.ts';
import { readData, sendCompatible } from '../test-calls.ts';

const id = '11111111-2222-9333-8444-555555555555';

async function stream(rule: ReplyRule, body: object = {}) {
  const emulator = createEmulator(
    { ...sampleConfig, replies: [rule] },
    { createId: () => id, now: () => 1_800_000_000_500 },
  );
  return (await sendCompatible(emulator, { stream: true, ...body })).text;
}

const rest = {
  object: 'chat.completion.chunk',
  usage: null,
  created: 1_800_000_000,
  system_fingerprint: null,
  model: 'qwen-plus',
  id: `chatcmpl-${id}`,
};

const deltas = (text: string) =>
  readData(text).map(({ choices }) => (choices as { delta?: unknown }[])[0]?.delta);

test('text: the role once, the pieces, the finish reason, the usage when asked, [DONE]', async () => {
  const text = await stream({ chunks: ['one', ' two'] }, { stream_options: { include_usage: true } });
  expect(readData(text)).toEqual([
    {
      choices: [{ delta: { content: '', role: 'assistant' }, index: 0, logprobs: null, finish_reason: null }],
      ...rest,
    },
    { choices: [{ finish_reason: null, logprobs: null, delta: { content: 'one' }, index: 0 }], ...rest },
    { choices: [{ finish_reason: null, logprobs: null, delta: { content: ' two' }, index: 0 }], ...rest },
    { choices: [{ finish_reason: 'stop', logprobs: null, delta: { content: '' }, index: 0 }], ...rest },
    {
      choices: [],
      ...rest,
      usage: {
        prompt_tokens: 5,
        completion_tokens: 2,
        total_tokens: 7,
        prompt_tokens_details: { cached_tokens: 0 },
      },
    },
  ]);
  expect(text).toMatch(/^data: \{.*\n\ndata: [\s\S]*\n\ndata: \[DONE\]\n\n$/);
});

test('no usage chunk unless it is asked for', async () => {
  const text = await stream({ text: 'a' });
  expect(readData(text).every(({ usage }) => usage === null)).toBe(true);
});

test('thinking comes first, with null for the member that is silent', async () => {
  const text = await stream({ text: '3', reasoning: 'One two' }, { enable_thinking: true });
  expect(deltas(text)).toEqual([
    { content: null, role: 'assistant', reasoning_content: '' },
    { content: null, reasoning_content: 'One two' },
    { content: '3', reasoning_content: null },
    { content: '', reasoning_content: null },
  ]);
});

const tools = ['a', 'b'].map((name) => ({ type: 'function', function: { name } }));

test('a tool call: id and name once, then an empty id, a chunk without a finish reason, an empty delta', async () => {
  const text = await stream(
    { toolCalls: [{ name: 'a', arguments: { city: '杭州' }, id: 'call_1' }] },
    { tools },
  );
  const call = (start: object, input: string) => ({
    content: null,
    tool_calls: [{ index: 0, id: '', type: 'function', ...start, function: { ...start, arguments: input } }],
  });
  expect(deltas(text)).toEqual([
    {
      content: null,
      tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'a', arguments: '' } }],
      role: 'assistant',
    },
    call({}, '{"city":"杭'),
    call({}, '州"}'),
    { tool_calls: [{ function: { arguments: '' }, index: 0, id: '', type: 'function' }] },
    {},
  ]);
  const [closing, finish] = readData(text).slice(-2);
  expect(closing?.choices).toEqual([{ delta: expect.anything(), index: 0 }]);
  expect(finish?.choices).toMatchObject([{ finish_reason: 'tool_calls' }]);
});

test('parallel tool calls carry their index', async () => {
  const toolCalls = [
    { name: 'a', arguments: {}, id: 'call_1' },
    { name: 'b', arguments: {}, id: 'call_2' },
  ];
  const text = await stream({ toolCalls }, { tools, parallel_tool_calls: true });
  const calls = deltas(text).flatMap(
    (delta) => (delta as { tool_calls?: { index: number; id: string }[] }).tool_calls ?? [],
  );
  expect(calls.map(({ index, id }) => [index, id])).toEqual([
    [0, 'call_1'],
    [0, ''],
    [1, 'call_2'],
    [1, ''],
    [1, ''],
  ]);
});

test('two choices follow each other, and one usage adds them up', async () => {
  const text = await stream({ text: 'a' }, { n: 2, stream_options: { include_usage: true } });
  const data = readData(text);
  expect(data.map(({ choices }) => (choices as { index: number }[])[0]?.index)).toEqual([
    0,
    0,
    0,
    1,
    1,
    1,
    undefined,
  ]);
  expect(data.at(-1)?.usage).toMatchObject({ completion_tokens: 2 });
});

interface Delta {
  readonly audio?: { readonly data?: string; readonly transcript?: string };
}

const speaking = { model: 'qwen3-omni-flash', modalities: ['text', 'audio'], audio: { voice: 'Cherry' } };

test('speech comes between the text, what is said before its sound', async () => {
  const audio = { data: 'AAAABBBBCCCC', transcript: 'ab' };
  const sound = (data: string) => ({ audio: { data, expires_at: expect.any(Number), id: `audio_${id}` } });
  expect(deltas(await stream({ chunks: ['A', 'B'], audio }, speaking))).toEqual([
    { content: '', role: 'assistant' },
    { content: 'A' },
    { audio: { transcript: 'a' } },
    sound('AAAABBBB'),
    { content: 'B' },
    { audio: { transcript: 'b' } },
    sound('CCCC'),
    { content: '' },
  ]);
});

test('without a rule the text is spoken as a short WAV file, and counted', async () => {
  const text = await stream(
    { text: 'one two three' },
    { ...speaking, stream_options: { include_usage: true } },
  );
  const sounds = deltas(text).map((delta) => (delta as Delta | undefined)?.audio);
  const bytes = Buffer.from(sounds.map((sound) => sound?.data ?? '').join(''), 'base64');
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12)).toBe('RIFFWAVE');
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect(sounds.map((sound) => sound?.transcript ?? '').join('')).toBe('one two three');
  expect(readData(text).at(-1)?.usage).toMatchObject({
    completion_tokens: 9,
    completion_tokens_details: { text_tokens: 3, audio_tokens: 6 },
  });
});

test.each([
  ['is not asked for', { modalities: undefined }],
  ['is asked of a model that does not speak', { model: 'qwen-plus' }],
])('nothing is spoken when it %s', async (_, body) => {
  expect(await stream({ text: 'a' }, { ...speaking, ...body })).not.toContain('"audio"');
});

test('code that is run is not reported, and is billed', async () => {
  const emulator = createEmulator({ ...sampleConfig, replies: [{ text: '4', code: ['print(4)'] }] });
  const asked = { stream: true, enable_thinking: true, enable_code_interpreter: true };
  expect((await sendCompatible(emulator, asked)).text).not.toContain('print(');
  expect(emulator.usage()).toMatchObject([{ inputTokens: 9, codeInterpreterRuns: 1 }]);
});
