import { expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import { sampleConfig } from './sample-config.ts';
import { hello, sendCompatible, sendNative, sse } from './test-calls.ts';

const emulator = createEmulator({
  ...sampleConfig,
  models: [
    { id: 'short', maxInput: 4 },
    { id: 'plain', jsonSchema: false, tools: false, search: false },
  ],
});

const weather = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } };
const image = [
  { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.test/a.png' } }] },
];
const nativeImage = (url: string) => [{ role: 'user', content: [{ image: url }] }];
const called = {
  role: 'assistant',
  content: '',
  tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
};

const begun = { role: 'assistant', content: 'Once' };

/** What both wires refuse alike: the body's parameters, and the service's words. */
const shared: readonly (readonly [name: string, body: Record<string, unknown>, message: string | RegExp])[] =
  [
    ['a temperature of 2', { temperature: 2 }, 'Temperature should be in [0.0, 2.0)'],
    ['a temperature below 0', { temperature: -1 }, 'Temperature should be in [0.0, 2.0)'],
    ['a temperature that is text', { temperature: '1' }, "'temperature' must be Float"],
    ['top_p of 0', { top_p: 0 }, 'Range of top_p should be (0.0, 1.0]'],
    ['top_p above 1', { top_p: 1.1 }, 'Range of top_p should be (0.0, 1.0]'],
    ['a negative top_k', { top_k: -1 }, 'Parameter top_k be greater than or equal to 0'],
    ['a repetition penalty of 0', { repetition_penalty: 0 }, 'Repetition_penalty should be greater than 0.0'],
    ['a presence penalty of 3', { presence_penalty: 3 }, 'Presence_penalty should be in [-2.0, 2.0]'],
    ['five choices', { n: 5 }, 'Range of n should be [1, 4]'],
    ['several choices beside tools', { n: 2, tools: [weather] }, 'Range of n should be [1, 1]'],
    ['six logprobs', { logprobs: true, top_logprobs: 6 }, 'Range of top_logprobs should be [0, 5]'],
    ['no tokens', { max_tokens: 0 }, 'Range of max_tokens should be [1, 32768]'],
    ['more tokens than the model writes', { max_tokens: 32_769 }, 'Range of max_tokens should be [1, 32768]'],
    ['a mixed stop list', { stop: ['a', 1] }, /"stop" parameter must be of type/],
    [
      'thinking by a model that does not',
      { model: 'qwen-max', enable_thinking: true },
      /does not support enable_thinking/,
    ],
    [
      'no thinking by a model that always does',
      { model: 'qwen3-next-80b-a3b-thinking', enable_thinking: false },
      'The value of the enable_thinking parameter is restricted to True.',
    ],
    [
      "an open model's own thinking outside a stream",
      { model: 'qwen3-32b' },
      'parameter.enable_thinking must be set to false for non-streaming calls',
    ],
    [
      'a budget above the maximum',
      { enable_thinking: true, thinking_budget: 99_999 },
      'The thinking_budget parameter must be a positive integer and not greater than 38912',
    ],
    ['a stream-only model without a stream', { model: 'qwq-plus' }, /^This model only support stream mode/],
    ['tool_choice required', { tools: [weather], tool_choice: 'required' }, /should be \["none", "auto"\]$/],
    [
      'a forced tool while thinking',
      {
        tools: [weather],
        tool_choice: { type: 'function', function: { name: 'get_weather' } },
        enable_thinking: true,
      },
      'The tool_choice parameter does not support being set to required or object in thinking mode',
    ],
    [
      'a forced tool that is not offered',
      { tools: [weather], tool_choice: { type: 'function', function: { name: 'other' } } },
      'Required parameter(tool_choice.function.name) missing or invalid',
    ],
    [
      'a tool called search',
      { tools: [{ type: 'function', function: { name: 'search' } }] },
      'Tool names are not allowed to be [search]',
    ],
    [
      'a tool name with a blank',
      { tools: [{ type: 'function', function: { name: 'get weather' } }] },
      'Required parameter(tools[0].function.name) missing or invalid',
    ],
    [
      'tools for a model without them',
      { model: 'plain', tools: [weather] },
      'The tool call is not supported.',
    ],
    [
      'search by a model without it',
      { model: 'plain', enable_search: true },
      /This model does not support enable_search\.$/,
    ],
    [
      'JSON mode without the word',
      { response_format: { type: 'json_object' } },
      /^'messages' must contain the word 'json'/,
    ],
    [
      'JSON mode while thinking',
      { response_format: { type: 'json_object' }, enable_thinking: true },
      'Json mode response is not supported when enable_thinking is true',
    ],
    [
      'an unknown response format',
      { response_format: { type: 'yaml' } },
      /^Unknown format of response_format/,
    ],
    [
      'a schema for a model without them',
      { model: 'plain', response_format: { type: 'json_schema', json_schema: { name: 'a', schema: {} } } },
      /^Unknown format of response_format/,
    ],
    ['more input than the model reads', { model: 'short' }, /Range of input length should be \[1, 4\]$/],
    [
      'null content',
      { messages: [{ role: 'user', content: null }] },
      'The content field is a required field.',
    ],
    [
      'empty content',
      { messages: [{ role: 'user', content: '' }] },
      'Role must be user or assistant and Content length must be greater than 0',
    ],
    [
      'no user message',
      { messages: [{ role: 'system', content: 'a' }] },
      /do not contain elements with the role of user/,
    ],
    [
      'an unknown role',
      { messages: [{ role: 'developer', content: 'a' }] },
      /^'developer' is not one of \['system'/,
    ],
    [
      'an orphan tool message',
      { messages: [...hello, { role: 'tool', tool_call_id: 'call_1', content: 'a' }] },
      /messages with role "tool" must be a response to a preceeding message with "tool_calls"/,
    ],
    [
      'an answer to another call',
      { messages: [...hello, called, { role: 'tool', tool_call_id: 'call_2', content: 'a' }] },
      /messages with role "tool" must be a response/,
    ],
    [
      'an unanswered tool call',
      { messages: [...hello, called, ...hello] },
      /must be followed by tool messages responding to each "tool_call_id"/,
    ],
    [
      'tool arguments that are not JSON',
      {
        messages: [
          ...hello,
          { ...called, tool_calls: [{ id: 'call_1', function: { name: 'get_weather', arguments: '{"a"' } }] },
          { role: 'tool', tool_call_id: 'call_1', content: 'a' },
        ],
      },
      'The "function.arguments" parameter of the code model must be in JSON format.',
    ],
    ['several choices while thinking', { n: 2, enable_thinking: true }, 'Range of n should be [1, 1]'],
    [
      'a translation without its options',
      { model: 'qwen-mt-plus' },
      /Field required: parameters\.translation_options$/,
    ],
    [
      'a translation pair without its target',
      { model: 'qwen-mt-plus', translation_options: { target_lang: 'English', terms: [{ source: 'a' }] } },
      /^Required parameter\((parameters\.)?translation_options\.terms\.0\.target\) missing or invalid$/,
    ],
    [
      'the code interpreter outside a thinking stream',
      { enable_code_interpreter: true, enable_thinking: true },
      'Required parameter(enable_code_interpreter) missing or invalid',
    ],
    [
      'the beginning of an answer that is not the last message',
      { messages: [...hello, { ...begun, partial: true }, ...hello] },
      'Required parameter(messages[1].partial) missing or invalid',
    ],
    [
      "the beginning of the user's own message",
      { messages: [{ role: 'user', content: 'a', partial: true }] },
      'Required parameter(messages[0].partial) missing or invalid',
    ],
    [
      'the beginning of an answer while thinking',
      { messages: [...hello, { ...begun, partial: true }], enable_thinking: true },
      'Required parameter(messages[1].partial) missing or invalid',
    ],
    [
      'a lifetime of a cache entry that is not offered',
      {
        messages: [
          {
            role: 'user',
            content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '2d' } }],
          },
        ],
      },
      /content|modal|missing or invalid/,
    ],
  ];

test.each(shared)('the compatible wire refuses %s', async (_, body, message) => {
  const { status, json, headers } = await sendCompatible(emulator, body);
  expect(status).toBe(400);
  const requestId = headers.get('x-request-id');
  expect(json).toEqual({
    error: {
      code: expect.stringMatching(/^(invalid_parameter_error|InvalidParameter\.NotSupportEnableThinking)$/),
      param: null,
      message: expect.stringMatching(toExpression(message)),
      type: 'invalid_request_error',
    },
    id: `chatcmpl-${requestId}`,
    request_id: requestId,
  });
});

test.each(shared)('the native wire refuses %s', async (_, body, message) => {
  const { status, json, headers } = await sendNative(emulator, body);
  expect(status).toBe(400);
  expect(json).toEqual({
    code: expect.stringMatching(/^InvalidParameter/),
    message: expect.stringMatching(toExpression(message)),
    request_id: headers.get('x-request-id'),
  });
});

const nativeOnly: readonly (readonly [
  name: string,
  body: Record<string, unknown>,
  message: string,
  path: 'text' | 'multimodal',
])[] = [
  ['a negative seed', { seed: -1 }, 'Range of seed should be [0, 9223372036854775807]', 'text'],
  [
    'incremental output without a stream',
    { incremental_output: true },
    'parameter incremental_output only support stream call',
    'text',
  ],
  [
    'thinking with the text format',
    { result_format: 'text', enable_thinking: true },
    'The result_format parameter must be "message" when enable_thinking is true',
    'text',
  ],
  [
    'a list on the text path',
    { messages: [{ role: 'user', content: [{ text: 'a' }] }] },
    'Input content must be a string.',
    'text',
  ],
  [
    'no messages and no prompt',
    { messages: null },
    'Either "prompt" or "messages" must exist and cannot both be none',
    'text',
  ],
  [
    'empty messages',
    { messages: [] },
    'Role must be user or assistant and Content length must be greater than 0',
    'text',
  ],
  [
    'null content beside tool calls',
    {
      messages: [
        ...hello,
        { ...called, content: null },
        { role: 'tool', tool_call_id: 'call_1', content: 'a' },
      ],
    },
    'The content field is a required field.',
    'text',
  ],
  [
    'an unknown modal key',
    { model: 'qwen3-vl-plus', messages: [{ role: 'user', content: [{ picture: 'https://a.test/a.png' }] }] },
    'The item of content should be a message of a certain modal.',
    'multimodal',
  ],
  [
    'two modals in one item',
    {
      model: 'qwen3-vl-plus',
      messages: [{ role: 'user', content: [{ image: 'https://a.test/a.png', text: 'a' }] }],
    },
    'The item of content should be a message of a certain modal.',
    'multimodal',
  ],
  [
    'an image without an address',
    { model: 'qwen3-vl-plus', messages: nativeImage('a.png') },
    'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
    'multimodal',
  ],
  [
    'a stored file without the header that resolves it',
    { model: 'qwen3-vl-plus', messages: nativeImage('oss://a/b.png') },
    'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
    'multimodal',
  ],
  [
    'a film of three frames',
    {
      model: 'qwen3-vl-plus',
      messages: [{ role: 'user', content: [{ video: Array(3).fill('https://a.test/a.png') }] }],
    },
    'The sequence images should be (4, 512)',
    'multimodal',
  ],
];

const documents = [
  { type: 'doc_url', doc_url: ['https://a.test/a.pdf'] },
  { type: 'text', text: 'a' },
];
const ocrModel = 'qwen-vl-ocr';
const nativeTasks: typeof nativeOnly = [
  [
    'documents for a model that reads none',
    { messages: [{ role: 'user', content: documents }] },
    'Input content must be a string.',
    'text',
  ],
  [
    'documents on the multimodal path',
    { model: 'qwen3-vl-plus', messages: [{ role: 'user', content: documents }] },
    'The item of content should be a message of a certain modal.',
    'multimodal',
  ],
  [
    'an OCR task that it does not have',
    { model: ocrModel, messages: nativeImage('https://a.test/a.png'), ocr_options: { task: 'guess' } },
    'Required parameter(parameters.ocr_options.task) missing or invalid',
    'multimodal',
  ],
  [
    'a model that answers on the other wire',
    { model: 'qwen3-omni-flash' },
    'url error, please check url！',
    'multimodal',
  ],
];

test.each([...nativeOnly, ...nativeTasks])(
  'the native wire alone refuses %s',
  async (_, body, message, path) => {
    const { status, json } = await sendNative(emulator, body, { path });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringMatching(toExpression(message)),
    });
  },
);

test.each([
  [
    'outside a stream',
    { stream: false, audio: { voice: 'Cherry' } },
    /'audio' output only support with stream=true$/,
  ],
  ['without a voice', { stream: true }, /^Required parameter\(audio\.voice\) missing or invalid$/],
])('the compatible wire refuses speech %s', async (_, body, message) => {
  const asked = { model: 'qwen3-omni-flash', modalities: ['text', 'audio'], ...body };
  const { status, json } = await sendCompatible(emulator, asked);
  expect([status, json?.error]).toMatchObject([400, { message: expect.stringMatching(message) }]);
});

test('thinking in a native stream must be incremental', async () => {
  const { text } = await sendNative(emulator, { enable_thinking: true }, { headers: sse });
  expect(text).toContain('The incremental_output parameter must be \\"true\\" when enable_thinking is true');
});

test('the compatible wire says the seed in words of its own', async () => {
  const { json } = await sendCompatible(emulator, { seed: -1 });
  expect(json?.error).toMatchObject({
    code: 'invalid_value',
    message: "-1 is lesser than the minimum of 0 - 'seed'",
    type: 'invalid_request_error',
  });
});

test('the compatible wire refuses an empty list of messages', async () => {
  const { json } = await sendCompatible(emulator, { messages: [] });
  expect(json?.error).toMatchObject({ message: expect.stringContaining('[] is too short') });
});

test('the compatible wire refuses an image for a text model', async () => {
  const { status, json } = await sendCompatible(emulator, { messages: image });
  expect(status).toBe(400);
  expect(json?.error).toMatchObject({ message: expect.stringContaining('Unexpected item type in content.') });
});

test('the compatible wire takes null beside tool calls', async () => {
  const messages = [
    ...hello,
    { ...called, content: null },
    { role: 'tool', tool_call_id: 'call_1', content: 'sun' },
  ];
  expect((await sendCompatible(emulator, { messages })).status).toBe(200);
});

test('an assistant message at the end is an error of the service, and a partial one is continued', async () => {
  const assistant = { role: 'assistant', content: 'Once' };
  const ended = await sendCompatible(emulator, { messages: [...hello, assistant] });
  expect([ended.status, ended.json?.error]).toEqual([
    500,
    {
      code: 'internal_server_error',
      param: null,
      message: '<500> InternalError.Algo: list index out of range',
      type: 'internal_server_error',
    },
  ]);
  const partial = await sendNative(emulator, { messages: [...hello, { ...assistant, partial: true }] });
  expect(partial.status).toBe(200);
});

test('a task cannot be asked for', async () => {
  const headers = { 'x-dashscope-async': 'enable' };
  const compatible = await sendCompatible(emulator, {}, { headers });
  expect([compatible.status, compatible.json?.error]).toMatchObject([403, { code: 'access_denied' }]);
  const native = await sendNative(emulator, {}, { headers });
  expect([native.status, native.json]).toMatchObject([
    403,
    { code: 'AccessDenied', message: 'Current user api does not support asynchronous calls.' },
  ]);
});

test('what is documented passes', async () => {
  const parameters = {
    temperature: 1.99,
    top_p: 1,
    top_k: 100,
    seed: 0,
    n: 4,
    stop: [[1, 2], [3]],
    presence_penalty: -2,
    repetition_penalty: 1.1,
    max_tokens: 32_768,
    logprobs: true,
    top_logprobs: 5,
    enable_thinking: false,
    frequency_penalty: 1,
    response_format: { type: 'text' },
    tool_choice: 'auto',
  };
  expect((await sendCompatible(emulator, { ...parameters, user: 'a', store: true })).status).toBe(200);
  expect((await sendNative(emulator, parameters)).status).toBe(200);
  expect(emulator.requests.at(-1)?.unknownParameters).toEqual([]);
});

const marker = { cache_control: { type: 'ephemeral', ttl: '1h' } };
const pixels = { min_pixels: 1, max_pixels: 2 };
const film = { ...pixels, fps: 2, max_frames: 8, total_pixels: 9 };
const everySearchOption = {
  enable_search: true,
  search_options: {
    forced_search: true,
    search_strategy: 'max',
    enable_search_extension: true,
    enable_source: true,
    enable_citation: true,
    citation_format: '[ref_<number>]',
    prepend_search_result: true,
    freshness: 7,
    assigned_site_list: ['a.test'],
    intention_options: { prompt_intervene: 'Look for tides.' },
  },
};
const translation_options = {
  source_lang: 'auto',
  target_lang: 'English',
  terms: [{ source: 'a', target: 'b' }],
  tm_list: [{ source: 'c', target: 'd' }],
  domains: 'The sea.',
};
const url = 'https://a.test/a';
const content = (...parts: object[]) => [{ role: 'user', content: parts }];

test.each([
  ['every search option', everySearchOption],
  ['every option of a translation', { model: 'qwen-mt-plus', translation_options }],
  [
    'options of thinking and of tools',
    { enable_thinking: true, reasoning_effort: 'high', preserve_thinking: true, tool_stream: true },
  ],
  ['a marked part of text', { messages: content({ type: 'text', text: 'a', ...marker }) }],
  [
    'five marked parts of text',
    { messages: content(...Array(5).fill({ type: 'text', text: 'a', ...marker })) },
  ],
])('both wires know %s', async (_, body) => {
  for (const sent of [await sendCompatible(emulator, body), await sendNative(emulator, body)]) {
    expect([sent.status, emulator.requests.at(-1)?.unknownParameters]).toEqual([200, []]);
  }
});

test('each wire knows every option of every part', async () => {
  const compatible = content(
    { type: 'image_url', image_url: { url }, ...pixels, enable_rotate: true, ...marker },
    { type: 'video_url', video_url: { url }, ...film, ...marker },
    { type: 'video', video: Array(4).fill(url), ...film, ...marker },
  );
  const native = content(
    { image: url, ...pixels, enable_rotate: true, ...marker },
    { video: url, ...film, ...marker },
    { video: Array(4).fill(url), ...film, ...marker },
  );
  const model = 'qwen3-vl-plus';
  const path = 'multimodal' as const;
  for (const sent of [
    await sendCompatible(emulator, { model, messages: compatible }),
    await sendNative(emulator, { model, messages: native }, { path }),
    await sendNative(emulator, { model: 'qwen-doc-turbo', messages: content(...documents) }),
  ]) {
    expect([sent.status, emulator.requests.at(-1)?.unknownParameters]).toEqual([200, []]);
  }
});

test('a member of a part or of options that is not documented is noted with its place', async () => {
  const messages = content({ type: 'text', text: 'a', colour: 'red' });
  await sendCompatible(emulator, { messages, search_options: { enable_sauce: true } });
  expect(emulator.requests.at(-1)?.unknownParameters).toEqual([
    'messages.0.content.0.colour',
    'search_options.enable_sauce',
  ]);
});

test.each(['enable', '{"input":"cip","output":"cip"}', '{"input":"cip"}'])(
  'moderation may be asked for with %s',
  async (inspection) => {
    const headers = { 'x-dashscope-datainspection': inspection };
    expect((await sendNative(emulator, {}, { headers })).status).toBe(200);
    expect(emulator.requests.at(-1)?.unknownParameters).toEqual([]);
  },
);

test.each([
  ['X-DashScope-DataInspection', 'please'],
  ['X-DashScope-OssResourceResolve', 'true'],
  ['X-DashScope-Wait-Timeout', '1.5'],
])('a header %s of another form is ignored and noted', async (name, value) => {
  expect((await sendCompatible(emulator, {}, { headers: { [name]: value } })).status).toBe(200);
  expect(emulator.requests.at(-1)?.unknownParameters).toEqual([name]);
});

test('a member that is not documented is ignored and noted, or refused when asked for', async () => {
  const asked = { temprature: 1, messages: [{ role: 'user', content: 'a', colour: 'red' }] };
  expect((await sendCompatible(emulator, asked)).status).toBe(200);
  expect(emulator.requests.at(-1)?.unknownParameters).toEqual(['messages.0.colour', 'temprature']);
  const strict = createEmulator({ ...sampleConfig, quirks: { unknownParameters: 'refuse' } });
  const { status, json } = await sendNative(strict, { temprature: 1 });
  expect([status, json?.message]).toEqual([
    400,
    'Required parameter(parameters.temprature) missing or invalid',
  ]);
});

function toExpression(message: string | RegExp): RegExp {
  if (message instanceof RegExp) return message;
  return new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
