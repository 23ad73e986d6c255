import { expect, test } from 'vitest';
import type { ReplyRule } from './config.ts';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';
import { hello, sendCompatible, sendNative } from './test-calls.ts';

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const time = { type: 'function', function: { name: 'get_time' } };

function emulatorWith(...replies: ReplyRule[]) {
  return createEmulator({ ...sampleConfig, replies });
}

async function ask(emulator: ReturnType<typeof createEmulator>, body: Record<string, unknown> = {}) {
  const { json = {} } = await sendCompatible(emulator, body);
  const { choices, usage } = json as {
    choices: { message: Record<string, unknown>; finish_reason: string }[];
    usage: unknown;
  };
  return { ...choices[0]?.message, finish_reason: choices[0]?.finish_reason, usage } as Record<
    string,
    unknown
  >;
}

const say = (content: string) => ({ messages: [{ role: 'user', content }] });

test('without a rule it says who speaks, where, over which wire, and what it was told', async () => {
  const emulator = emulatorWith();
  expect((await ask(emulator)).content).toBe(
    'This is the Qwire emulator as qwen-plus, in workspace default (llm-default), over the openai-compatible wire. You said: "Hello"',
  );
  const { json } = await sendNative(emulator, say('你好'), { key: 'sk-marketing' });
  expect(JSON.stringify(json)).toContain(
    '在工作区 marketing（llm-marketing）中经由 dashscope 线路回答。你说：「你好」',
  );
});

test('the first rule that fits answers', async () => {
  const emulator = emulatorWith(
    { when: 'hello', wire: 'dashscope', text: 'native' },
    { when: 'hello', workspace: 'marketing', text: 'marketing' },
    { when: 'hello', model: 'qwen3-*', text: 'family' },
    { when: '/^hel+o$/i', text: 'matched' },
    { text: 'anything else' },
  );
  expect((await ask(emulator)).content).toBe('matched');
  expect((await ask(emulator, { model: 'qwen3-max' })).content).toBe('family');
  expect((await ask(emulator, say('Good morning'))).content).toBe('anything else');
  const { json } = await sendNative(emulator, {}, { key: 'sk-marketing' });
  expect(JSON.stringify(json)).toContain('"native"');
});

test('a rule answers as often as it says, and anew after a reset', async () => {
  const emulator = emulatorWith({ times: 1, error: 'burst-rate' }, { text: 'now it works' });
  expect((await sendCompatible(emulator, {})).status).toBe(429);
  expect((await ask(emulator)).content).toBe('now it works');
  emulator.reset();
  expect((await sendCompatible(emulator, {})).status).toBe(429);
});

test('a rule added later goes first, until a reset', async () => {
  const emulator = emulatorWith({ text: 'configured' });
  emulator.use({ text: 'added' });
  expect((await ask(emulator)).content).toBe('added');
  emulator.reset();
  expect((await ask(emulator)).content).toBe('configured');
});

test('a rule may refuse with words of its own', async () => {
  const emulator = emulatorWith({ error: { status: 418, code: 'Teapot', message: 'Short and stout.' } });
  const { status, json } = await sendCompatible(emulator, {});
  expect([status, json?.error]).toMatchObject([
    418,
    { code: 'Teapot', type: 'Teapot', message: 'Short and stout.' },
  ]);
});

test('a rule calls the tools that the request offers', async () => {
  const emulator = emulatorWith({
    toolCalls: [{ name: 'get_weather', arguments: { city: '杭州' } }],
    text: 'No tool.',
  });
  expect(await ask(emulator, { tools: [weather] })).toMatchObject({
    content: '',
    finish_reason: 'tool_calls',
    tool_calls: [
      {
        function: { name: 'get_weather', arguments: '{"city":"杭州"}' },
        id: expect.stringMatching(/^call_[0-9a-f]{24}$/),
        index: 0,
        type: 'function',
      },
    ],
  });
  expect(await ask(emulator)).toMatchObject({ content: 'No tool.', finish_reason: 'stop' });
  expect(await ask(emulator, { tools: [weather], tool_choice: 'none' })).toMatchObject({
    content: 'No tool.',
  });
});

test('a rule that only calls a tool is passed over when the tool is not offered', async () => {
  const emulator = emulatorWith(
    { toolCalls: [{ name: 'get_weather', arguments: {} }] },
    { text: 'next rule' },
  );
  expect((await ask(emulator, { tools: [time] })).content).toBe('next rule');
});

test('several tools are called at once only when the request allows it', async () => {
  const emulator = emulatorWith({
    toolCalls: [
      { name: 'get_weather', arguments: { city: 'Hangzhou' }, id: 'call_a' },
      { name: 'get_time', arguments: '{"broken', id: 'call_b' },
    ],
  });
  const tools = [weather, time];
  expect(await ask(emulator, { tools, parallel_tool_calls: true })).toMatchObject({
    tool_calls: [{ id: 'call_a' }, { id: 'call_b', index: 1, function: { arguments: '{"broken' } }],
  });
  expect((await ask(emulator, { tools })).tool_calls).toHaveLength(1);
});

test('a named tool is called with the smallest arguments that its schema describes', async () => {
  const body = { tools: [weather], tool_choice: { type: 'function', function: { name: 'get_weather' } } };
  expect(await ask(emulatorWith(), body)).toMatchObject({
    tool_calls: [{ function: { name: 'get_weather', arguments: '{"city":"text"}' } }],
    finish_reason: 'tool_calls',
  });
});

test('the native wire ends a call of a named tool with stop', async () => {
  const tool_choice = { type: 'function', function: { name: 'get_weather' } };
  const { json } = await sendNative(emulatorWith(), { tools: [weather], tool_choice });
  expect(json?.output).toMatchObject({
    choices: [{ finish_reason: 'stop', message: { tool_calls: [{ function: { name: 'get_weather' } }] } }],
  });
});

const afterTool = [
  ...hello,
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: '26 degrees' },
];

test('after a tool has answered, the answer uses it', async () => {
  expect((await ask(emulatorWith(), { messages: afterTool })).content).toBe(
    'The tools answered: get_weather: 26 degrees',
  );
});

test('several answers are told apart by their tools', async () => {
  const call = (id: string, name: string) => ({ id, type: 'function', function: { name, arguments: '{}' } });
  const messages = [
    ...hello,
    {
      role: 'assistant',
      content: '',
      tool_calls: [call('call_1', 'get_weather'), call('call_2', 'get_time')],
    },
    { role: 'tool', tool_call_id: 'call_2', content: 'noon' },
    { role: 'tool', tool_call_id: 'call_1', content: '26 degrees' },
  ];
  expect((await ask(emulatorWith(), { messages })).content).toBe(
    'The tools answered: get_time: noon; get_weather: 26 degrees',
  );
});

test('tools count as input', async () => {
  const tokens = async (body: object) =>
    ((await ask(emulatorWith(), { ...body })).usage as { prompt_tokens: number }).prompt_tokens;
  expect(await tokens({ tools: [weather] })).toBeGreaterThan(await tokens({}));
});

test("rules for a tool's answer see that answer, and rules for the user do not", async () => {
  const emulator = emulatorWith({ text: 'to the user' }, { after: 'tool', when: '26', text: 'Warm.' });
  expect((await ask(emulator, { messages: afterTool })).content).toBe('Warm.');
  expect((await ask(emulator)).content).toBe('to the user');
});

test('thinks when asked, and never outside a thinking call', async () => {
  const emulator = emulatorWith({ text: '3', reasoning: 'One, two, three.' });
  expect(await ask(emulator, { enable_thinking: true })).toMatchObject({
    content: '3',
    reasoning_content: 'One, two, three.',
    usage: { completion_tokens_details: { reasoning_tokens: 6 } },
  });
  expect(await ask(emulator)).not.toHaveProperty('reasoning_content');
});

test('a thinking budget cuts the thought and not the answer', async () => {
  const emulator = emulatorWith({ text: '3', reasoning: 'One, two, three.' });
  expect(await ask(emulator, { enable_thinking: true, thinking_budget: 3 })).toMatchObject({
    content: '3',
    reasoning_content: 'One, two',
    finish_reason: 'stop',
  });
});

test('ends with length at the limit of tokens, and before the stop text', async () => {
  const emulator = emulatorWith({ text: 'one two three four' });
  expect(await ask(emulator, { max_tokens: 2 })).toMatchObject({
    content: 'one two',
    finish_reason: 'length',
  });
  expect(await ask(emulator, { stop: [' four', 'three'] })).toMatchObject({
    content: 'one two ',
    finish_reason: 'stop',
  });
});

test('JSON mode answers with JSON, also where the rule says text', async () => {
  const json = { ...say('As json, please'), response_format: { type: 'json_object' } };
  expect(JSON.parse(String((await ask(emulatorWith(), json)).content))).toMatchObject({ model: 'qwen-plus' });
  expect((await ask(emulatorWith({ text: 'plain' }), json)).content).toBe('{"text":"plain"}');
  expect((await ask(emulatorWith({ text: '{"a":1}' }), json)).content).toBe('{"a":1}');
});

test('a schema is answered with an instance of it', async () => {
  const schema = {
    type: 'object',
    properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 18 } },
    required: ['name', 'age'],
  };
  const response_format = { type: 'json_schema', json_schema: { name: 'person', schema } };
  expect((await ask(emulatorWith(), { response_format })).content).toBe('{"name":"text","age":18}');
});

test('vision models say how many images they received, on both wires', async () => {
  const url = 'https://a.test/a.png';
  const compatible = [
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url } },
        { type: 'image_url', image_url: { url } },
        { type: 'text', text: 'What is this?' },
      ],
    },
  ];
  const body = { model: 'qwen3-vl-plus', messages: compatible };
  expect(await ask(emulatorWith(), body)).toMatchObject({
    content: expect.stringContaining('I received 2 images.'),
    usage: { prompt_tokens_details: { image_tokens: 512 } },
  });
  const native = [{ role: 'user', content: [{ image: url }, { text: '这是什么？' }] }];
  const options = { path: 'multimodal' as const };
  const { json } = await sendNative(emulatorWith(), { model: 'qwen3-vl-plus', messages: native }, options);
  expect(JSON.stringify(json)).toContain('我收到了1张图片。');
  expect(json?.usage).toMatchObject({ image_tokens: 256, input_tokens_details: { image_tokens: 256 } });
});

test('a rule may set the usage', async () => {
  const usage = {
    inputTokens: 2000,
    outputTokens: 10,
    cachedInputTokens: 1500,
    cacheCreationInputTokens: 100,
  };
  expect((await ask(emulatorWith({ text: 'a', usage }))).usage).toEqual({
    prompt_tokens: 2000,
    completion_tokens: 10,
    total_tokens: 2010,
    prompt_tokens_details: {
      cached_tokens: 1500,
      cache_creation_input_tokens: 100,
      cache_creation: { ephemeral_5m_input_tokens: 100 },
      cache_type: 'ephemeral',
    },
  });
});

test('sources come over the native wire, when they are asked for', async () => {
  const emulator = emulatorWith({ text: 'a', sources: [{ title: 'A page', url: 'https://a.test' }] });
  const { json } = await sendNative(emulator, {
    enable_search: true,
    search_options: { enable_source: true },
  });
  expect(json).toMatchObject({
    output: {
      search_info: {
        search_results: [{ index: 1, title: 'A page', url: 'https://a.test', site_name: '无' }],
      },
    },
    usage: { plugins: { search: { count: 1 } } },
  });
  expect(JSON.stringify((await sendNative(emulator, { enable_search: true })).json)).not.toContain(
    'search_info',
  );
});

test('several choices share one input and add up their output', async () => {
  const { json } = await sendCompatible(emulatorWith({ text: 'a b' }), { n: 3 });
  expect(json?.choices).toHaveLength(3);
  expect(json?.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 6 });
});

test('reports probabilities when asked', async () => {
  const { json } = await sendCompatible(emulatorWith({ text: '你' }), { logprobs: true, top_logprobs: 1 });
  const entry = { token: '你', bytes: [228, 189, 160], logprob: -0.25 };
  expect(json?.choices).toMatchObject([{ logprobs: { content: [{ ...entry, top_logprobs: [entry] }] } }]);
});

test('several answers may differ, and the last text stands for those that are missing', async () => {
  const emulator = emulatorWith({ choices: ['one', 'one two'] });
  const { json } = await sendCompatible(emulator, { n: 3, max_tokens: 5 });
  const choices = json?.choices as { message: { content: string }; index: number }[];
  expect(choices.map(({ message, index }) => [index, message.content])).toEqual([
    [0, 'one'],
    [1, 'one two'],
    [2, 'one two'],
  ]);
  expect(json?.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 });
  expect(emulator.usage()).toMatchObject([{ outputTokens: 5, totalTokens: 10 }]);
});

test('a rule says the tokens of all answers together', async () => {
  const emulator = emulatorWith({ text: 'a', usage: { outputTokens: 7, reasoningTokens: 0 } });
  await sendCompatible(emulator, { n: 3 });
  expect(emulator.usage()).toMatchObject([{ outputTokens: 7 }]);
});

test.each([
  ['leaves out what was begun', { text: 'The tide comes in and goes.' }, ' and goes.'],
  ['also between exact pieces', { chunks: ['The tide ', 'comes in', ' and'] }, ' and'],
  ['and takes another text as what follows', { text: ' and goes.' }, ' and goes.'],
])('the reply to the beginning of an answer %s', async (_, rule, text) => {
  const messages = [
    { role: 'user', content: 'Go on.' },
    { role: 'assistant', content: 'The tide comes in', partial: true },
  ];
  expect((await ask(emulatorWith(rule), { messages })).content).toBe(text);
});

test('earlier thoughts are counted only where they are kept', async () => {
  const thought = { role: 'assistant', content: 'Hm.', reasoning_content: 'One two three.' };
  const messages = [...hello, thought, ...hello];
  const tokens = async (preserve_thinking: boolean) => {
    const { usage } = await ask(emulatorWith({ text: 'a' }), { messages, preserve_thinking });
    return (usage as { prompt_tokens: number }).prompt_tokens;
  };
  expect((await tokens(true)) - (await tokens(false))).toBe(4);
});

test.each([
  ['the text with its terms replaced', 'The pier is closed.', '[English] The jetty is closed.'],
  ['a sentence that it was given', 'Mind the pier!', 'Beware of the jetty!'],
])('a translation model answers with %s', async (_, content, translated) => {
  const translation_options = {
    target_lang: 'English',
    terms: [{ source: 'pier', target: 'jetty' }],
    tm_list: [{ source: 'Mind the pier!', target: 'Beware of the jetty!' }],
  };
  const body = { model: 'qwen-mt-plus', translation_options, ...say(content) };
  expect((await ask(emulatorWith(), body)).content).toBe(translated);
  const { json } = await sendNative(emulatorWith(), body);
  expect(json?.output).toMatchObject({ model_name: 'qwen-mt-plus', finish_reason: 'stop' });
});

const seen = [{ role: 'user', content: [{ image: 'https://a.test/a.png' }] }];
async function readPicture(rules: readonly ReplyRule[], ocr_options: unknown, model = 'qwen-vl-ocr') {
  const body = { model, messages: seen, ocr_options };
  const { json = {} } = await sendNative(emulatorWith(...rules), body, { path: 'multimodal' });
  const { choices } = json.output as { choices: { message: { content: unknown } }[] };
  return choices[0]?.message.content;
}
const extraction = { task: 'key_information_extraction', task_config: { result_schema: { date: 'Day' } } };

test('an OCR task reads what the rule says, and its text follows', async () => {
  const ocrResult = { words_info: [{ text: 'Platform' }, { text: '9' }] };
  expect(await readPicture([{ ocrResult }], { task: 'advanced_recognition' })).toEqual([
    { ocr_result: ocrResult, text: 'Platform\n9' },
  ]);
  expect(await readPicture([{ ocrResult, text: 'Nine' }], extraction)).toEqual([
    { ocr_result: ocrResult, text: 'Nine' },
  ]);
});

test('without a rule an OCR task reads the members that it was asked for', async () => {
  expect(await readPicture([], extraction)).toEqual([
    { ocr_result: { kv_result: { date: 'text' } }, text: '{"date":"text"}' },
  ]);
  expect(await readPicture([{ text: 'a' }], { task: 'table_parsing' })).toEqual([{ text: 'a' }]);
  expect(await readPicture([{ text: 'a' }], extraction, 'qwen3-vl-plus')).toEqual([{ text: 'a' }]);
});

test('media are counted by kind, and documents with the text', async () => {
  const url = 'https://a.test/a';
  const messages = [{ role: 'user', content: [{ image: url }, { video: url }, { text: 'a' }] }];
  const body = { model: 'qwen3-vl-plus', messages };
  const emulator = emulatorWith({ text: 'a' });
  const { json } = await sendNative(emulator, body, { path: 'multimodal' });
  expect(json?.usage).toMatchObject({
    input_tokens: 1285,
    input_tokens_details: { text_tokens: 5, image_tokens: 256, video_tokens: 1024 },
  });
  expect(emulator.usage()).toMatchObject([{ imageTokens: 256, videoTokens: 1024, audioTokens: 0 }]);
  const documents = [
    { type: 'doc_url', doc_url: [url] },
    { type: 'text', text: 'a' },
  ];
  const asked = { model: 'qwen-doc-turbo', messages: [{ role: 'user', content: documents }] };
  const read = await sendNative(emulatorWith(), asked);
  expect(read.json?.usage).toMatchObject({ input_tokens: 1029 });
  expect(JSON.stringify(read.json)).toContain('I received 1 document.');
});

test('a rule may count cache entries by their lifetime, and uses of built-in tools', async () => {
  const usage = {
    cacheCreation5mInputTokens: 2,
    cacheCreation1hInputTokens: 4,
    webSearches: 2,
    imageSearches: 1,
    codeInterpreterRuns: 3,
  };
  const emulator = emulatorWith({ text: 'a', usage });
  const { json } = await sendNative(emulator, { search_options: { search_strategy: 'max' } });
  expect(json?.usage).toMatchObject({
    prompt_tokens_details: {
      cache_creation_input_tokens: 6,
      cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 4 },
      cache_type: 'ephemeral',
    },
    plugins: {
      search: { count: 2, strategy: 'max' },
      image_search: { count: 1 },
      code_interpreter: { count: 3 },
    },
  });
  const { usage: compatible } = await ask(emulator);
  expect(compatible).toMatchObject({ prompt_tokens_details: { cache_creation_input_tokens: 6 } });
  expect(compatible).not.toHaveProperty('plugins');
  expect(emulator.usage()).toMatchObject([
    {
      cacheCreationInputTokens: 12,
      cacheCreation5mInputTokens: 4,
      cacheCreation1hInputTokens: 8,
      webSearches: 4,
      imageSearches: 2,
      codeInterpreterRuns: 6,
    },
  ]);
});
