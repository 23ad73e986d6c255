import type { Client } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { afterEach, describe, expect, test } from 'vitest';
import { createEmulator } from './create-emulator.ts';

// Everything that core can say, said by both adapters to the emulator. What it said must be known to the emulator too.
const emulator = createEmulator({
  region: 'singapore',
  workspaces: [{ id: 'llm-default', apiKeys: ['sk-default'], models: '*' }],
});
afterEach(() => {
  const unknown = emulator.requests.flatMap(({ unknownParameters }) => unknownParameters);
  emulator.reset();
  expect(unknown).toEqual([]);
});

const options = { region: 'singapore', apiKey: 'sk-default', fetch: emulator.fetch, maxRetries: 0 } as const;
const compatible = createOpenAICompatible(options);
const native = createDashScope(options);
const say = (content: string) => [{ role: 'user' as const, content }];
const billed = () => emulator.usage()[0];

describe.each([
  { wire: 'openai-compatible', qwen: compatible as Client },
  { wire: 'dashscope', qwen: native as Client },
])('$wire', ({ wire, qwen }) => {
  test('several answers', async () => {
    emulator.use({ choices: ['Call me Mara.', 'They call me Mara.'] });
    const reply = await qwen.chat({ model: 'qwen-plus-character', messages: say('Who are you?'), n: 2 });
    expect(reply.choices.map(({ text }) => text)).toEqual(['Call me Mara.', 'They call me Mara.']);
    expect(billed()).toMatchObject({ outputTokens: reply.usage.outputTokens, calls: 1 });
  });

  test('a translation', async () => {
    const translation = { to: 'English', terms: [{ source: 'Kai', target: 'quay' }], domains: 'Harbors.' };
    const request = { model: 'qwen-mt-plus', messages: say('Der Kai.'), translation };
    expect((await qwen.chat(request)).text).toBe('[English] Der quay.');
    expect((await qwen.stream(request).response()).text).toBe('[English] Der quay.');
  });

  test.each([true, false])('the rest of an answer that was begun, streamed: %s', async (streamed) => {
    emulator.use({ text: 'The tide comes in and takes the sand away.' });
    const messages = [
      ...say('Go on.'),
      { role: 'assistant', content: 'The tide comes in', partial: true },
    ] as const;
    const request = { model: 'qwen-plus', messages };
    const reply = streamed ? await qwen.stream(request).response() : await qwen.chat(request);
    expect(reply.text).toBe(' and takes the sand away.');
  });

  test('cache markers', async () => {
    const text = 'word '.repeat(1500).trim();
    const ask = (question: string) =>
      qwen.chat({
        model: 'qwen-plus',
        messages: [
          { role: 'system', content: [{ type: 'text', text, cache: { ttl: '1h' } }] },
          { role: 'user', content: [{ type: 'text', text: question, cache: true }] },
        ],
      });
    expect((await ask('Why?')).usage).toMatchObject({
      cachedInputTokens: 0,
      cacheCreationInputTokens: 1502,
      cacheCreation5mInputTokens: 2,
      cacheCreation1hInputTokens: 1500,
      cacheType: 'ephemeral',
    });
    const { usage } = await ask('How?');
    expect(usage).toMatchObject({ cachedInputTokens: 1500, cacheCreationInputTokens: 2 });
    expect(billed()).toMatchObject({ cachedInputTokens: 1500, cacheCreationInputTokens: 1504 });
  });

  test('a burst waited out', async () => {
    emulator.use({ error: 'burst-rate', times: 2 });
    const request = { model: 'qwen-plus', messages: say('Hello') };
    await expect(qwen.chat(request)).rejects.toMatchObject({ kind: 'rate-limited' });
    await expect(qwen.chat({ ...request, queueMs: 30_000 })).resolves.toMatchObject({ finishReason: 'stop' });
  });

  test.each([true, { input: 'cip' }])('moderation %j', async (dataInspection) => {
    const request = { model: 'qwen-plus', messages: say('Hello'), dataInspection };
    await expect(qwen.chat(request)).resolves.toMatchObject({ finishReason: 'stop' });
  });

  test('options of thinking, search and tools', async () => {
    const reply = await qwen
      .stream({
        model: 'qwen-plus',
        messages: say('Is the pier open?'),
        thinking: { budget: 9, effort: 'high', preserve: true },
        search: {
          forced: true,
          strategy: 'max',
          extended: true,
          freshness: 7,
          sites: ['harbor.example.com'],
          guidance: 'Look for opening hours.',
        },
        tools: [{ name: 'get_hours', parameters: { type: 'object' } }],
        toolStream: true,
        highResolutionImages: true,
      })
      .response();
    expect(reply.finishReason).toBe('stop');
  });

  test('options of pictures and films', async () => {
    const url = 'https://media.example.com/a';
    const pixels = { minPixels: 100, maxPixels: 900 };
    const limits = { ...pixels, fps: 2, maxFrames: 8, totalPixels: 9_000 };
    const { usage } = await qwen.chat({
      model: 'qwen3-vl-plus',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', image: `${url}.png`, ...pixels, rotate: true, cache: true },
            { type: 'video', video: `${url}.mp4`, ...limits, cache: true },
            { type: 'video', video: Array.from({ length: 4 }, () => `${url}.png`), ...limits },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
    });
    expect(usage).toMatchObject({ inputImageTokens: 256, inputVideoTokens: 2048 });
    expect(billed()).toMatchObject({ inputTokens: usage.inputTokens, totalTokens: usage.totalTokens });
  });

  test('files of the store for a model that reads them', async () => {
    const reply = await qwen.chat({
      model: 'qwen-long',
      messages: [
        {
          role: 'system',
          content: [{ type: 'document', document: ['fileid://file-fe-1', 'fileid://file-fe-2'] }],
        },
        ...say('Sum it up.'),
      ],
    });
    expect(reply.text).toContain(`over the ${wire} wire`);
  });

  test('code that the service runs is paid for', async () => {
    emulator.use({ text: '1024', code: ['print(2**10)'] });
    const request = {
      model: 'qwen3-max',
      messages: say('Compute it.'),
      thinking: true,
      codeInterpreter: true,
    };
    const { text, usage } = await qwen.stream(request).response();
    expect(text).toBe('1024');
    expect(billed()).toMatchObject({ codeInterpreterRuns: 1, inputTokens: usage.inputTokens });
  });
});

test('code that the service runs is reported over the native wire, growing', async () => {
  emulator.use({ text: '1024', code: ['print(2**10)', 'print(1024)'] });
  const stream = native.stream({
    model: 'qwen3-max',
    messages: say('Compute it.'),
    thinking: true,
    codeInterpreter: true,
  });
  const runs: unknown[] = [];
  for await (const event of stream) if (event.type === 'code-run') runs.push([event.index, event.code]);
  expect(runs).toEqual([
    [0, 'print('],
    [0, 'print(2**10)'],
    [1, 'print('],
    [1, 'print(1024)'],
  ]);
  const { codeRuns, usage } = await stream.response();
  expect(codeRuns).toEqual([{ code: 'print(2**10)' }, { code: 'print(1024)' }]);
  expect(usage.codeInterpreterRuns).toBe(2);
});

test('sources come first when asked to', async () => {
  emulator.use({ text: 'Yes[1].', sources: [{ title: 'Pier', url: 'https://harbor.example.com/pier' }] });
  const stream = native.stream({
    model: 'qwen-plus',
    messages: say('Is the pier open?'),
    search: { sourcesFirst: true, citations: '[ref_<number>]', strategy: 'max' },
  });
  const types: string[] = [];
  for await (const { type } of stream) types.push(type);
  expect(types.slice(0, 3)).toEqual(['response-start', 'source', 'text-delta']);
  expect((await stream.response()).usage.webSearches).toBe(1);
});

test('a spoken answer comes over the compatible wire, between the text', async () => {
  emulator.use({ chunks: ['Good', ' morning.'] });
  const stream = compatible.stream({
    model: 'qwen3-omni-flash',
    messages: say('Good morning!'),
    audio: { voice: 'Cherry' },
  });
  const types: string[] = [];
  for await (const { type } of stream) types.push(type);
  expect(types).toEqual([
    'response-start',
    'text-delta',
    'audio-delta',
    'audio-delta',
    'text-delta',
    'audio-delta',
    'audio-delta',
    'usage',
    'finish',
  ]);
  const { audio, text, usage } = await stream.response();
  expect([text, audio?.transcript]).toEqual(['Good morning.', 'Good morning.']);
  expect(Buffer.from(audio?.data ?? '', 'base64').toString('latin1', 0, 4)).toBe('RIFF');
  expect(audio).toMatchObject({ id: expect.stringMatching(/^audio_/), expiresAt: expect.any(Number) });
  expect(usage.outputAudioTokens).toBe(6);
  expect(billed()).toMatchObject({ outputTokens: usage.outputTokens, outputAudioTokens: 6 });
});

test.each([true, false])('an OCR task is answered over the native wire, streamed: %s', async (streamed) => {
  const request = {
    model: 'qwen-vl-ocr',
    messages: [
      {
        role: 'user' as const,
        content: [{ type: 'image' as const, image: 'https://a.test/ticket.png', rotate: true }],
      },
    ],
    ocr: { task: 'key_information_extraction', schema: { date: 'Day of travel' } },
  };
  emulator.use({ ocrResult: { kv_result: { date: 'May 3' } } });
  const reply = streamed ? await native.stream(request).response() : await native.chat(request);
  expect(reply.ocrResult).toEqual({ kv_result: { date: 'May 3' } });
  expect(JSON.parse(reply.text)).toEqual({ date: 'May 3' });
});
