import { expect, test } from 'vitest';
import type { ReplyRule } from '../config.ts';
import { createEmulator } from '../create-emulator.ts';
import { sampleConfig } from '../sample-config.ts';
import { readData, sendNative, sse } from '../test-calls.ts';

const id = '11111111-2222-9333-8444-555555555555';

async function stream(
  rule: ReplyRule,
  body: Record<string, unknown> = {},
  path: 'text' | 'multimodal' = 'text',
) {
  const emulator = createEmulator({ ...sampleConfig, replies: [rule] }, { createId: () => id });
  const asked = { incremental_output: true, ...body };
  return (await sendNative(emulator, asked, { headers: sse, path })).text;
}

interface Choice {
  readonly message: Record<string, unknown>;
  readonly finish_reason: string;
  readonly index?: number;
}

const choices = (text: string): Choice[] =>
  readData(text).flatMap(({ output }) => (output as { choices: Choice[] }).choices);
const messages = (text: string) => choices(text).map(({ message }) => message);

test('frames in the form recorded, with running totals and the text "null" until the last', async () => {
  const usage = (outputTokens: number) =>
    `"usage":{"input_tokens":5,"output_tokens":${outputTokens},"total_tokens":${5 + outputTokens},"prompt_tokens_details":{"cached_tokens":0}}`;
  const frame = (number: number, content: string, reason: string, outputTokens: number) =>
    `id:${number}\nevent:result\n:HTTP_STATUS/200\ndata:{"output":{"choices":[{"message":{"content":"${content}","role":"assistant"},"finish_reason":"${reason}"}]},${usage(outputTokens)},"request_id":"${id}"}\n\n`;
  expect(await stream({ chunks: ['你', '好'] })).toBe(
    frame(1, '你', 'null', 1) + frame(2, '好', 'null', 2) + frame(3, '', 'stop', 2),
  );
});

test('without incremental output each frame holds everything so far', async () => {
  const text = await stream({ chunks: ['a', 'b'] }, { incremental_output: false });
  expect(messages(text).map(({ content }) => content)).toEqual(['a', 'ab', 'ab']);
});

test('the text format has neither choices nor messages', async () => {
  const text = await stream({ chunks: ['a', 'b'] }, { result_format: 'text' });
  expect(readData(text).map(({ output }) => output)).toEqual([
    { finish_reason: 'null', text: 'a' },
    { finish_reason: 'null', text: 'b' },
    { finish_reason: 'stop', text: '' },
  ]);
});

test('thinking on the text path keeps both members, empty where they are silent', async () => {
  const text = await stream({ text: '3', reasoning: 'One two' }, { enable_thinking: true });
  expect(messages(text)).toEqual([
    { content: '', reasoning_content: 'One two', role: 'assistant' },
    { content: '3', reasoning_content: '', role: 'assistant' },
    { content: '', reasoning_content: '', role: 'assistant' },
  ]);
  expect(readData(text).at(-1)?.usage).toMatchObject({ output_tokens_details: { reasoning_tokens: 2 } });
});

test('thinking on the multimodal path drops the member once the answer begins', async () => {
  const body = { model: 'qwen3.6-plus', enable_thinking: true };
  const text = await stream({ text: '3', reasoning: 'One two' }, body, 'multimodal');
  expect(messages(text)).toEqual([
    { content: [], reasoning_content: 'One two', role: 'assistant' },
    { content: [{ text: '3' }], role: 'assistant' },
    { content: [], role: 'assistant' },
  ]);
});

const tools = ['a', 'b'].map((name) => ({ type: 'function', function: { name } }));
const toolCalls = [
  { name: 'a', arguments: { city: '杭州' }, id: 'call_1' },
  { name: 'b', arguments: {}, id: 'call_2' },
];

test('tool calls: an empty id after the first piece, the finish reason with the last', async () => {
  const text = await stream({ toolCalls }, { tools, parallel_tool_calls: true });
  const calls = messages(text).map(({ tool_calls }) => (tool_calls as Record<string, unknown>[])[0]);
  expect(calls).toEqual([
    { index: 0, id: 'call_1', type: 'function', function: { name: 'a', arguments: '' } },
    { index: 0, id: '', type: 'function', function: { arguments: '{"city":"杭' } },
    { index: 0, id: '', type: 'function', function: { arguments: '州"}' } },
    { index: 1, id: 'call_2', type: 'function', function: { name: 'b', arguments: '' } },
    { index: 1, id: '', type: 'function', function: { arguments: '{}' } },
  ]);
  expect(choices(text).map(({ finish_reason }) => finish_reason)).toEqual([
    'null',
    'null',
    'null',
    'null',
    'tool_calls',
  ]);
});

test('cumulative tool calls hold the arguments so far', async () => {
  const text = await stream({ toolCalls: toolCalls.slice(0, 1) }, { tools, incremental_output: false });
  expect(messages(text).at(-1)?.tool_calls).toEqual([
    { index: 0, id: 'call_1', type: 'function', function: { name: 'a', arguments: '{"city":"杭州"}' } },
  ]);
});

test('of several choices each frame carries one, with its index and its own usage', async () => {
  const text = await stream({ text: 'a' }, { n: 2 });
  expect(choices(text).map(({ index }) => index)).toEqual([0, 0, 1, 1]);
  expect(readData(text).at(-1)?.usage).toMatchObject({ output_tokens: 1 });
});

test('sources stand in the first frame, and empty lists in the others', async () => {
  const sources = [{ title: 'A page', url: 'https://a.test', siteName: 'A' }];
  const body = { enable_search: true, search_options: { enable_source: true } };
  const found = readData(await stream({ text: 'a', sources }, body)).map(
    ({ output }) =>
      (output as { search_info: { search_results: unknown[] } }).search_info.search_results.length,
  );
  expect(found).toEqual([1, 0]);
});

test('sources that were asked for first stand in a frame of their own, which counts nothing', async () => {
  const sources = [{ title: 'A page', url: 'https://a.test', siteName: 'A' }];
  const search_options = { enable_source: true, prepend_search_result: true };
  const [first, second] = readData(
    await stream({ text: 'a', sources }, { enable_search: true, search_options }),
  );
  expect(first).toEqual({
    output: {
      search_info: {
        search_results: [{ index: 1, title: 'A page', url: 'https://a.test', site_name: 'A', icon: '' }],
        extra_tool_info: [],
      },
    },
    usage: {},
    request_id: id,
  });
  expect(second?.output).toMatchObject({ search_info: { search_results: [] } });
});

test('code that is run is repeated in every later frame, and grows; the input jumps by it', async () => {
  const body = { enable_thinking: true, enable_code_interpreter: true };
  const frames = readData(
    await stream({ text: '4', reasoning: 'Hm', code: ['print(2*2)', 'print(4)'] }, body),
  ).map(({ output, usage }) => {
    const { tool_info = [] } = output as { tool_info?: { code_interpreter: { code: string } }[] };
    const { input_tokens, plugins } = usage as Record<string, unknown>;
    return [tool_info.map((run) => run.code_interpreter.code), input_tokens, plugins];
  });
  const all = ['print(2*2)', 'print(4)'];
  const counted = (count: number) => ({ code_interpreter: { count } });
  expect(frames).toEqual([
    [[], 5, undefined],
    [['print'], 5, undefined],
    [['print(2*2)'], 11, counted(1)],
    [['print(2*2)', 'prin'], 11, counted(1)],
    [all, 15, counted(2)],
    [all, 15, counted(2)],
    [all, 15, counted(2)],
  ]);
});

test('while code runs, a frame says nothing', async () => {
  const body = { enable_thinking: true, enable_code_interpreter: true };
  const text = await stream({ text: '4', reasoning: 'Hm', code: ['1'] }, body);
  expect(messages(text)[1]).toEqual({ content: '', reasoning_content: '', role: 'assistant' });
});

test('what an OCR task read stands in the last frame', async () => {
  const body = {
    model: 'qwen-vl-ocr',
    messages: [{ role: 'user', content: [{ image: 'https://a.test/a.png' }] }],
    ocr_options: { task: 'advanced_recognition' },
  };
  const text = await stream({ text: '9', ocrResult: { words_info: [] } }, body, 'multimodal');
  expect(messages(text).map(({ content }) => content)).toEqual([
    [{ text: '9' }],
    [{ ocr_result: { words_info: [] }, text: '' }],
  ]);
});

test('arguments come in finer pieces when asked for', async () => {
  const asked = { tools, tool_stream: true };
  const pieces = messages(await stream({ toolCalls: toolCalls.slice(0, 1) }, asked));
  expect(pieces).toHaveLength(6);
});
