import { defineTool, partialObjects, runTools, type ToolRunEvent } from '@qwire/core';
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createEmulator } from './create-emulator.ts';
import type { RunningEmulator } from './emulator.ts';

const emulator = createEmulator({
  region: 'singapore',
  workspaces: [{ id: 'llm-default', name: 'default', apiKeys: ['sk-default'], models: '*' }],
  replies: [
    {
      when: 'warmer',
      chunks: ['Let me ', 'see.'],
      toolCalls: [
        { name: 'get_weather', arguments: { city: 'Rome' } },
        { name: 'get_weather', arguments: '{"city": ' },
        { name: 'get_weather', arguments: { city: 'Atlantis' } },
      ],
    },
    { when: 'Atlantis', after: 'tool', toolCalls: [{ name: 'get_weather', arguments: { city: 'Oslo' } }] },
    { when: 'Oslo', after: 'tool', text: '{"city":"Rome","celsius":{"Rome":26,"Oslo":9}}' },
    { when: 'again and again', toolCalls: [{ name: 'get_weather', arguments: { city: 'Rome' } }] },
  ],
});
let running: RunningEmulator;
beforeAll(async () => {
  running = await emulator.listen();
});
afterAll(() => running.close());

const celsius = new Map([
  ['Rome', 26],
  ['Oslo', 9],
]);
const weather = defineTool({
  name: 'get_weather',
  parameters: z.object({ city: z.string() }),
  execute({ city }) {
    const degrees = celsius.get(city);
    if (degrees === undefined) throw new Error(`there is no city ${city}`);
    return { city, celsius: degrees };
  },
});
const answer = z.object({ city: z.string(), celsius: z.record(z.string(), z.number()) });

describe.each([
  { wire: 'openai-compatible', create: createOpenAICompatible },
  { wire: 'dashscope', create: createDashScope },
] as const)('$wire', ({ wire, create }) => {
  const client = () => create({ apiKey: 'sk-default', baseURL: running.baseURLs[wire], maxRetries: 0 });

  test.each([true, false])('tools run in steps until the model answers, streamed: %s', async (stream) => {
    emulator.reset();
    const run = runTools(
      {
        model: 'qwen-plus',
        messages: [{ role: 'user', content: 'Where is it warmer, in Rome or in Oslo?' }],
        tools: [weather],
        parallelToolCalls: true,
      },
      { client: client(), stream },
    );
    const events: ToolRunEvent[] = [];
    for await (const event of run) events.push(event);
    const results = events.flatMap((event) => (event.type === 'tool-result' ? [event.content] : []));
    expect(results.sort()).toEqual([
      'Error: get_weather: the arguments are not valid JSON',
      'Error: there is no city Atlantis',
      '{"city":"Oslo","celsius":9}',
      '{"city":"Rome","celsius":26}',
    ]);
    const response = await run.response();
    expect(response).toMatchObject({ endedBy: 'answer', text: expect.stringContaining('"Oslo":9') });
    expect(response.steps[0]?.response.text).toBe('Let me see.');
    // The service takes no broken arguments back; the client wraps them and says so.
    expect(response.warnings).toMatchObject([{ field: 'messages[1].content[2].arguments' }]);
    expect(response.messages.map(({ role }) => role)).toEqual([
      'assistant',
      'tool',
      'tool',
      'tool',
      'assistant',
      'tool',
      'assistant',
    ]);
    const [bill] = emulator.usage();
    expect(bill).toMatchObject({ calls: 3, totalTokens: response.usage.totalTokens });
  });

  test('a tool that must be called is called once', async () => {
    emulator.reset();
    const tool = { ...weather, execute: () => 'sunny' };
    const response = await runTools(
      {
        model: 'qwen-plus',
        messages: [{ role: 'user', content: 'Hello' }],
        tools: [tool],
        toolChoice: { name: 'get_weather' },
      },
      { client: client() },
    ).response();
    expect(response.steps).toHaveLength(2);
    expect(response).toMatchObject({ endedBy: 'answer', text: 'The tools answered: get_weather: sunny' });
  });

  test('a refusal in the second step leaves messages to go on from', async () => {
    emulator.reset();
    emulator.use({ after: 'tool', times: 1, error: 'burst-rate' });
    const request = {
      model: 'qwen-plus',
      messages: [{ role: 'user', content: 'Do it again and again' }],
      tools: [weather],
    } as const;
    const run = runTools(request, { client: client() });
    await expect(run.response()).rejects.toMatchObject({ kind: 'rate-limited' });
    const messages = [...request.messages, ...run.messages];
    const resumed = await runTools({ ...request, messages }, { client: client() }).response();
    expect(resumed.messages).toHaveLength(1);
    expect(resumed.text).toContain('get_weather: {"city":"Rome","celsius":26}');
  });

  test('an object grows while it streams', async () => {
    emulator.reset();
    emulator.use({
      text: '{"city":"Róma 😀","celsius":{"Rome":26,"Oslo":-9.5}}',
      fault: { bytesPerChunk: 3 },
    });
    const stream = client().stream({
      model: 'qwen-plus',
      messages: [{ role: 'user', content: 'As JSON.' }],
      responseFormat: answer,
    });
    const seen: string[] = [];
    let last: unknown;
    for await (const partial of partialObjects(stream)) {
      seen.push(JSON.stringify(partial));
      last = partial;
    }
    const { object } = await stream.response();
    expect(object).toEqual({ city: 'Róma 😀', celsius: { Rome: 26, Oslo: -9.5 } });
    expect(last).toEqual(object);
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
