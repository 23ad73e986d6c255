import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';
import type { RunningEmulator } from './emulator.ts';
import { sampleConfig } from './sample-config.ts';

const emulator = createEmulator(sampleConfig);
const server = setupServer(
  http.all('http://127.0.0.1:*/*', () => passthrough()),
  ...emulator.handlers,
);
let running: RunningEmulator;

beforeAll(async () => {
  running = await emulator.listen();
  server.listen({ onUnhandledFrame: 'error' });
});
afterEach(() => emulator.reset());
afterAll(async () => {
  server.close();
  await running.close();
});

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;
const whoAreYou = [{ role: 'user', content: 'Who are you?' }] as const;
const question = { role: 'user', content: 'What is the weather in Hangzhou?' } as const;

// The official client, unmodified, as the service's own page sets it up.
describe.each(['HTTP', 'MSW'] as const)('the official openai client over %s', (carrier) => {
  const client = (apiKey = 'sk-marketing') =>
    new OpenAI({
      apiKey,
      baseURL:
        carrier === 'HTTP'
          ? running.baseURLs['openai-compatible']
          : 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
      maxRetries: 0,
    });

  test('gets a reply with its usage and request id', async () => {
    const completion = await client().chat.completions.create({
      model: 'qwen-plus',
      messages: [...whoAreYou],
    });
    expect(completion.choices[0]?.message.content).toBe(
      'I am Qwen, a large language model made by Alibaba Cloud.',
    );
    expect(completion.choices[0]?.finish_reason).toBe('stop');
    expect(completion.usage).toMatchObject({ prompt_tokens: 8, prompt_tokens_details: { cached_tokens: 0 } });
    expect(completion.id).toBe(`chatcmpl-${completion._request_id}`);
  });

  test('reads a stream with its usage', async () => {
    const stream = await client().chat.completions.create({
      model: 'qwen-plus',
      messages: [...whoAreYou],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let tokens: number | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      tokens = chunk.usage?.total_tokens ?? tokens;
    }
    expect(text).toBe('I am Qwen, a large language model made by Alibaba Cloud.');
    expect(tokens).toBe(emulator.usage()[0]?.totalTokens);
  });

  test('calls a tool, and answers with its result', async () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [question];
    const request = { model: 'qwen-plus', tools: [weather] };
    const first = await client().chat.completions.create({ ...request, messages });
    const message = first.choices[0]?.message;
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    const [call] = message?.tool_calls ?? [];
    if (message === undefined || call?.type !== 'function') throw new Error('no tool call');
    expect(JSON.parse(call.function.arguments)).toEqual({ city: 'Hangzhou' });
    messages.push(message, { role: 'tool', tool_call_id: call.id, content: '26 °C, clear' });
    const second = await client().chat.completions.create({ ...request, messages });
    expect(second.choices[0]?.message.content).toBe('The tools answered: get_weather: 26 °C, clear');
  });

  test("collects a streamed tool call with the client's own collector", async () => {
    const runner = client().chat.completions.stream({
      model: 'qwen-plus',
      messages: [question],
      tools: [weather],
    });
    const pieces: string[] = [];
    runner.on('tool_calls.function.arguments.delta', ({ arguments_delta }) => pieces.push(arguments_delta));
    const completion = await runner.finalChatCompletion();
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ function: { name: 'get_weather', arguments: '{"city":"Hangzhou"}' } }] },
    });
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(1);
  });

  const failures = [
    ['a wrong key', { apiKey: 'sk-wrong' }, OpenAI.AuthenticationError, 401, 'invalid_api_key'],
    ['a model not granted', { model: 'qwen-max' }, OpenAI.PermissionDeniedError, 403, 'Model.AccessDenied'],
    ['an unknown model', { model: 'qwen-pls' }, OpenAI.NotFoundError, 404, 'model_not_found'],
    ['a wrong parameter', { temperature: 2 }, OpenAI.BadRequestError, 400, 'invalid_parameter_error'],
    ['throttling', { say: 'throttle me' }, OpenAI.RateLimitError, 429, 'limit_requests'],
    ['a failure of the service', { say: 'break' }, OpenAI.InternalServerError, 500, 'internal_server_error'],
  ] as const;

  test.each(failures)('meets %s as an error of its own', async (_, wrong, type, status, code) => {
    emulator.use({ when: 'throttle me', error: 'rate-quota' }, { when: 'break', error: 'internal-error' });
    const { apiKey, say = 'Hello', ...parameters } = wrong as { apiKey?: string; say?: string };
    for (const stream of [false, true]) {
      const call = client(apiKey).chat.completions.create({
        model: 'qwen-plus',
        messages: [{ role: 'user', content: say }],
        stream,
        ...parameters,
      });
      const error: unknown = await call.then(undefined, (reason: unknown) => reason);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ status, requestID: emulator.requests.at(-1)?.requestId });
      // The flat native body has no `error` member for the client to take its code from.
      expect(JSON.stringify(error)).toContain(code);
    }
  });

  test('meets an error in the middle of a stream', async () => {
    emulator.use({
      text: 'a b c d e',
      fault: { errorAfterFrames: { frames: 2, error: 'inappropriate-output' } },
    });
    const stream = await client().chat.completions.create({
      model: 'qwen-plus',
      messages: [...whoAreYou],
      stream: true,
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    })();
    await expect(reading).rejects.toMatchObject({ code: 'data_inspection_failed' });
    expect(text).toBe('a b');
  });
});
