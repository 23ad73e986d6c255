import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { Message } from '../message.ts';
import { QwireError } from '../qwire-error.ts';
import { createFakeClient, type Script } from './fake-client.fixture.ts';
import { runTools } from './run-tools.ts';
import { defineTool, type RunnableTool } from './runnable-tool.ts';
import type { ToolRun, ToolRunEvent, ToolRunOptions, ToolRunRequest } from './tool-run.ts';

const question: Message = { role: 'user', content: 'What is the weather?' };
const city = z.object({ city: z.string() });
const usage = { inputTokens: 10, outputTokens: 2, totalTokens: 12 };

interface Given extends Omit<ToolRunOptions, 'client'>, Partial<Omit<ToolRunRequest, 'stream'>> {
  readonly tools: readonly RunnableTool[];
}

/** A run on a client that gives these replies. */
function start(given: Given, ...scripts: readonly Script[]) {
  const { maxSteps, signal, stream, ...request } = given;
  const client = createFakeClient(...scripts);
  const options = {
    client,
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(signal ? { signal } : {}),
    ...(stream === undefined ? {} : { stream }),
  };
  return { client, run: runTools({ model: 'm', messages: [question], ...request }, options) };
}

async function collect(run: ToolRun): Promise<{ readonly events: ToolRunEvent[]; readonly error: unknown }> {
  const events: ToolRunEvent[] = [];
  const error = await (async () => {
    for await (const event of run) events.push(event);
  })().catch((cause: unknown) => cause);
  return { events, error };
}

function typesOf(events: readonly ToolRunEvent[]): string[] {
  return events.map(({ type }) => type);
}

/** The tool messages that the model was sent with the second request. */
function answers({ client }: Pick<ReturnType<typeof start>, 'client'>): unknown[] {
  const { messages = [] } = client.calls[1]?.request ?? {};
  return messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
}

function never(): Promise<never> {
  return new Promise(() => {});
}

const weather = defineTool({
  name: 'weather',
  description: 'The weather of a city',
  parameters: city,
  execute: ({ city }) => ({ city, celsius: 26 }),
});

test('executes the calls, feeds their answers back, and streams everything', async () => {
  const { client, run } = start(
    { tools: [weather], temperature: 0.5 },
    { text: 'Let me see.', reasoning: 'I need a tool.', calls: [['weather', '{"city":"Rome"}', 'c-1']] },
    'It is 26 °C in Rome.',
  );
  const { events, error } = await collect(run);
  expect(error).toBeUndefined();
  expect(typesOf(events)).toEqual([
    'step-start',
    'response-start',
    'reasoning-delta',
    'text-delta',
    'tool-call-start',
    'tool-call-delta',
    'tool-call-end',
    'finish',
    'tool-result',
    'step-finish',
    'step-start',
    'response-start',
    'text-delta',
    'finish',
    'step-finish',
  ]);
  const call = { id: 'c-1', name: 'weather', arguments: '{"city":"Rome"}', input: { city: 'Rome' } };
  const content = '{"city":"Rome","celsius":26}';
  const result = { index: 0, call, content, output: { city: 'Rome', celsius: 26 } };
  expect(events[8]).toEqual({ type: 'tool-result', step: 0, ...result });
  const asked = [
    question,
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'I need a tool.' },
        { type: 'text', text: 'Let me see.' },
        { type: 'tool-call', ...call },
      ],
    },
    { role: 'tool', toolCallId: 'c-1', content },
  ];
  expect(client.calls[1]?.request.messages).toEqual(asked);
  expect(client.calls[1]?.request.temperature).toBe(0.5);
  const response = await run.response();
  expect(response).toMatchObject({
    text: 'It is 26 °C in Rome.',
    finishReason: 'stop',
    endedBy: 'answer',
    openCalls: [],
    steps: [{ toolResults: [result] }, { toolResults: [] }],
  });
  expect([question, ...response.messages]).toEqual([
    ...asked,
    { role: 'assistant', content: 'It is 26 °C in Rome.' },
  ]);
});

test('the client gets tools without what is no business of a request', async () => {
  const { client, run } = start({ tools: [weather] }, 'No.');
  await run.response();
  expect(client.calls[0]?.request.tools).toEqual([
    { name: 'weather', description: 'The weather of a city', parameters: city },
  ]);
  expect(client.calls[0]?.options).toEqual({ signal: expect.any(AbortSignal) });
});

test('calls run side by side, report as they are ready, and are answered in their order', async () => {
  let finishFirst = () => {};
  const first = new Promise<string>((resolve) => {
    finishFirst = () => resolve('first');
  });
  const tools = [
    { name: 'slow', execute: () => first },
    {
      name: 'fast',
      execute: () => {
        setTimeout(finishFirst);
        return 'second';
      },
    },
  ];
  const called = start(
    { tools },
    {
      calls: [
        ['slow', '', 'c-1'],
        ['fast', '', 'c-2'],
      ],
    },
    'Done.',
  );
  const { events } = await collect(called.run);
  const results = events.flatMap((event) => (event.type === 'tool-result' ? [event.index] : []));
  expect(results).toEqual([1, 0]);
  expect(answers(called)).toEqual(['first', 'second']);
  expect(called.run.steps[0]?.toolResults.map(({ index }) => index)).toEqual([0, 1]);
});

test('calls without ids are answered one by one', async () => {
  const called = start(
    { tools: [weather] },
    {
      calls: [
        ['weather', '{"city":"Rome"}'],
        ['weather', '{"city":"Oslo"}'],
      ],
    },
    'Done.',
  );
  await called.run.response();
  expect(answers(called)).toEqual(['{"city":"Rome","celsius":26}', '{"city":"Oslo","celsius":26}']);
});

test('a call without any arguments has an empty input', async () => {
  const execute = vi.fn(() => 'noon');
  const tools = [{ name: 'now', execute }, defineTool({ name: 'then', parameters: z.object({}), execute })];
  const { run } = start(
    { tools },
    {
      calls: [
        ['now', ''],
        ['then', ' '],
      ],
    },
    'Done.',
  );
  await run.response();
  expect(execute).toHaveBeenCalledTimes(2);
  expect(execute).toHaveBeenCalledWith({}, expect.anything());
});

test.each<[string, readonly [string, string], RegExp]>([
  ['arguments that are not JSON', ['weather', '{"city":'], /^weather: the arguments are not valid JSON$/],
  ['arguments not of the schema', ['weather', '{"town":"Rome"}'], /^weather: .* schema: city: Invalid input/],
  ['a tool that does not exist', ['wether', '{}'], /^wether: there is no such tool; there are weather$/],
])('%s are told to the model, reported and not executed', async (_, call, message) => {
  const execute = vi.fn(() => 'text');
  const called = start({ tools: [{ ...weather, execute }] }, { calls: [call] }, 'Sorry.');
  const { events } = await collect(called.run);
  const result = events.find((event) => event.type === 'tool-result');
  expect(result).toMatchObject({
    call: { name: call[0], arguments: call[1] },
    error: { kind: 'invalid-response', message: expect.stringMatching(message), text: call[1] },
  });
  expect(result).not.toHaveProperty('output');
  expect(answers(called)).toEqual([`Error: ${result?.error?.message}`]);
  expect(execute).not.toHaveBeenCalled();
  expect((await called.run.response()).text).toBe('Sorry.');
});

test('arguments that are not JSON stay in the messages as the model wrote them', async () => {
  const { client, run } = start({ tools: [weather] }, { calls: [['weather', '{"city":', 'c-1']] }, 'Sorry.');
  const { messages } = await run.response();
  expect(messages[0]?.content).toMatchObject([{ id: 'c-1', arguments: '{"city":', input: undefined }]);
  expect(client.calls[1]?.request.messages[1]).toEqual(messages[0]);
});

test('what execute throws is told by its message and reported as it is', async () => {
  const broken = new TypeError('no such city');
  const tools = [
    { name: 'a', execute: () => Promise.reject(broken) },
    {
      name: 'b',
      execute: () => {
        throw 'only text';
      },
    },
  ];
  const called = start(
    { tools },
    {
      calls: [
        ['a', ''],
        ['b', ''],
      ],
    },
    'Sorry.',
  );
  await called.run.response();
  expect(answers(called)).toEqual(['Error: no such city', 'Error: only text']);
  const [first, second] = called.run.steps[0]?.toolResults ?? [];
  expect(first?.error).toBe(broken);
  expect(second?.error).toMatchObject({ message: 'only text', cause: 'only text' });
});

test.each([
  new DOMException('enough', 'AbortError'),
  // Of another realm.
  { name: 'AbortError', message: 'enough' },
])('an AbortError of a tool ends the run and the other tools', async (cause) => {
  let signal: AbortSignal | undefined;
  const tools = [
    { name: 'a', execute: () => Promise.reject(cause) },
    {
      name: 'b',
      execute: (_: never, context: { readonly signal: AbortSignal }) => {
        signal = context.signal;
        return never();
      },
    },
  ];
  const { run } = start(
    { tools },
    {
      calls: [
        ['b', ''],
        ['a', ''],
      ],
    },
  );
  const { error } = await collect(run);
  expect(error).toMatchObject({ kind: 'aborted', cause });
  expect(signal?.aborted).toBe(true);
});

test('an output that cannot be sent ends the run and names the tool', async () => {
  const { run } = start({ tools: [weather, { name: 'save', execute: () => {} }] }, { calls: [['save', '']] });
  await expect(run.response()).rejects.toMatchObject({
    kind: 'invalid-request',
    field: 'tools[1].execute',
  });
});

test('calls of tools without execute are handed to the caller, the others answered', async () => {
  const { run } = start(
    { tools: [{ name: 'ask_user' }, weather] },
    {
      calls: [
        ['ask_user', '{}', 'c-1'],
        ['weather', '{"city":"Rome"}', 'c-2'],
      ],
    },
  );
  const response = await run.response();
  expect(response).toMatchObject({ endedBy: 'open-calls', openCalls: [{ id: 'c-1', name: 'ask_user' }] });
  expect(response.messages).toMatchObject([{ role: 'assistant' }, { role: 'tool', toolCallId: 'c-2' }]);
  const open = { role: 'tool', toolCallId: 'c-1', content: 'yes' } as const;
  const next = start({ tools: [weather], messages: [question, ...response.messages, open] }, 'Done.');
  expect((await next.run.response()).text).toBe('Done.');
});

test('a forced call is forced once, whatever its finish reason', async () => {
  const { client, run } = start(
    { tools: [weather], toolChoice: { name: 'weather' } },
    { calls: [['weather', '{"city":"Rome"}']], finishReason: 'stop' },
    'Done.',
  );
  expect((await run.response()).text).toBe('Done.');
  expect(client.calls.map(({ request }) => request.toolChoice)).toEqual([{ name: 'weather' }, 'auto']);
});

test.each(['none', 'auto', undefined] as const)('the tool choice %s stays', async (toolChoice) => {
  const { client, run } = start(
    { tools: [weather], ...(toolChoice ? { toolChoice } : {}) },
    { calls: [['weather', '{"city":"Rome"}']] },
    'Done.',
  );
  await run.response();
  expect(client.calls.map(({ request }) => request.toolChoice)).toEqual([toolChoice, toolChoice]);
});

test('stops at the limit with every call answered', async () => {
  const call: Script = { calls: [['weather', '{"city":"Rome"}']] };
  const { client, run } = start({ tools: [weather], maxSteps: 2 }, call, call, 'Never asked.');
  const response = await run.response();
  expect(response.endedBy).toBe('max-steps');
  expect(client.calls).toHaveLength(2);
  expect(response.messages.map(({ role }) => role)).toEqual(['assistant', 'tool', 'assistant', 'tool']);
});

test('the limit is ten steps unless given, and an answer in the last one is an answer', async () => {
  const call: Script = { calls: [['weather', '{"city":"Rome"}']] };
  const { client, run } = start({ tools: [weather] }, ...Array<Script>(11).fill(call));
  expect((await run.response()).endedBy).toBe('max-steps');
  expect(client.calls).toHaveLength(10);
  const answered = start({ tools: [weather], maxSteps: 1 }, 'Done.');
  expect((await answered.run.response()).endedBy).toBe('answer');
});

test('a failure in the second step comes after what arrived, and leaves the first', async () => {
  const fails = new QwireError('slow down', { kind: 'rate-limited' });
  const { run } = start(
    { tools: [weather] },
    { calls: [['weather', '{"city":"Rome"}']] },
    { text: 'It is', fails },
  );
  const { events, error } = await collect(run);
  expect(error).toBe(fails);
  expect(typesOf(events).slice(-4)).toEqual(['step-finish', 'step-start', 'response-start', 'text-delta']);
  await expect(run.response()).rejects.toBe(fails);
  expect(run.steps).toHaveLength(1);
  const again = start({ tools: [weather], messages: [question, ...run.messages] }, 'Done.');
  expect((await again.run.response()).text).toBe('Done.');
});

test('an interruption ends the wait for a tool that does not heed it', async () => {
  const controller = new AbortController();
  const reason = new Error('the user left');
  let seen: AbortSignal | undefined;
  const stuck = {
    name: 'stuck',
    execute: (_: never, { signal }: { readonly signal: AbortSignal }) => {
      seen = signal;
      queueMicrotask(() => controller.abort(reason));
      return never();
    },
  };
  const { run } = start(
    { tools: [weather, stuck], signal: controller.signal },
    {
      calls: [
        ['weather', '{"city":"Rome"}'],
        ['stuck', ''],
      ],
    },
  );
  const { events, error } = await collect(run);
  expect(error).toMatchObject({ kind: 'aborted', cause: reason });
  expect(seen?.reason).toBe(reason);
  expect(typesOf(events)).not.toContain('step-finish');
  expect(run.messages).toEqual([]);
  expect(run.steps).toMatchObject([{ response: { toolCalls: [{}, {}] } }]);
});

test('a tool that fails because of the interruption is no failure of the tool', async () => {
  const controller = new AbortController();
  const late = vi.fn();
  const tool = {
    name: 'fetch',
    execute: async (_: never, { signal }: { readonly signal: AbortSignal }) => {
      controller.abort('enough');
      await Promise.resolve();
      late(signal.reason);
      throw new Error('the connection was closed');
    },
  };
  const { run } = start({ tools: [tool], signal: controller.signal }, { calls: [['fetch', '']] });
  const { events, error } = await collect(run);
  expect(error).toMatchObject({ kind: 'aborted', cause: 'enough' });
  expect(typesOf(events)).not.toContain('tool-result');
  await vi.waitFor(() => expect(late).toHaveBeenCalledWith('enough'));
});

test('no tool starts after the interruption', async () => {
  const controller = new AbortController();
  const execute = vi.fn(() => 'text');
  const first = {
    name: 'first',
    execute: () => {
      controller.abort();
      return never();
    },
  };
  const slowSchema = z.object({}).refine(() => new Promise((resolve) => setTimeout(() => resolve(true))));
  const validated = defineTool({ name: 'validated', parameters: slowSchema, execute });
  const { run } = start(
    { tools: [first, { name: 'second', execute }, validated], signal: controller.signal },
    {
      calls: [
        ['validated', '{}'],
        ['first', ''],
        ['second', ''],
      ],
    },
  );
  await expect(run.response()).rejects.toMatchObject({ kind: 'aborted' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(execute).not.toHaveBeenCalled();
});

test('an interruption between reply and tools starts none of them', async () => {
  const controller = new AbortController();
  const execute = vi.fn(() => 'text');
  const { client, run } = start(
    { tools: [{ name: 'a', execute }], signal: controller.signal },
    {
      calls: [
        ['no_such_tool', ''],
        ['a', ''],
      ],
    },
  );
  const types: string[] = [];
  const error = await (async () => {
    for await (const { type } of run) {
      types.push(type);
      if (type === 'finish') controller.abort();
    }
  })().catch((cause: unknown) => cause);
  expect(error).toMatchObject({ kind: 'aborted' });
  expect(types.at(-1)).toBe('finish');
  expect(execute).not.toHaveBeenCalled();
  expect(client.calls).toHaveLength(1);
});

test('a signal that was aborted before lets nothing begin', async () => {
  const { client, run } = start({ tools: [weather], signal: AbortSignal.abort('no') }, 'Never asked.');
  const { events, error } = await collect(run);
  expect([events, error]).toMatchObject([[], { kind: 'aborted', cause: 'no' }]);
  expect(client.calls).toEqual([]);
});

test('leaving the loop interrupts what is still at work', async () => {
  let signal: AbortSignal | undefined;
  const stuck = {
    name: 'stuck',
    execute: (_: never, context: { readonly signal: AbortSignal }) => {
      signal = context.signal;
      return never();
    },
  };
  const { run } = start(
    { tools: [stuck, weather] },
    {
      calls: [
        ['stuck', ''],
        ['weather', '{"city":"Rome"}'],
      ],
    },
  );
  for await (const { type } of run) if (type === 'tool-result') break;
  expect(signal?.aborted).toBe(true);
  await expect(run.response()).rejects.toMatchObject({
    kind: 'aborted',
    cause: 'the loop over the run was left early',
  });
});

test('leaving the loop at its very end is an interruption like any other', async () => {
  const { run } = start({ tools: [weather] }, 'Done.');
  for await (const { type } of run) if (type === 'step-finish') break;
  await expect(run.response()).rejects.toMatchObject({ kind: 'aborted' });
  expect(run.messages).toEqual([{ role: 'assistant', content: 'Done.' }]);
});

test('giving up while a tool is awaited does not wait for it', async () => {
  const { run } = start({ tools: [{ name: 'stuck', execute: never }] }, { calls: [['stuck', '']] });
  const events = run[Symbol.asyncIterator]();
  for (let next = await events.next(); next.value?.type !== 'finish'; ) next = await events.next();
  const pending = events.next();
  const left = events.return?.();
  await expect(pending).rejects.toMatchObject({ kind: 'aborted' });
  expect(await left).toEqual({ done: true, value: undefined });
});

test('a signal that outlives the run keeps nothing of it, and a finished run aborts nothing', async () => {
  const controller = new AbortController();
  const added = vi.spyOn(controller.signal, 'addEventListener');
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  let signal: AbortSignal | undefined;
  const tool = {
    name: 'a',
    execute: (_: never, context: { readonly signal: AbortSignal }) => {
      signal = context.signal;
      return 'text';
    },
  };
  const { run } = start({ tools: [tool], signal: controller.signal }, { calls: [['a', '']] }, 'Done.');
  await run.response();
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
  expect(signal?.aborted).toBe(false);
  expect(signal && getEventListeners(signal, 'abort')).toEqual([]);
});

test('without streaming the same events come, by chat', async () => {
  const scripts: Script[] = [
    { text: 'Let me see.', calls: [['weather', '{"city":"Rome"}']], usage },
    { text: 'Done.', usage },
  ];
  const streamed = start({ tools: [weather] }, ...scripts);
  const whole = start({ tools: [weather], stream: false }, ...scripts);
  const [left, right] = [await collect(streamed.run), await collect(whole.run)];
  expect(right).toEqual(left);
  expect(whole.client.calls.map(({ method }) => method)).toEqual(['chat', 'chat']);
  expect((await whole.run.response()).text).toBe('Done.');
});

test('usage is summed, and each warning said once', async () => {
  const warnings = [{ field: 'seed', message: 'is not sent' }];
  const { run } = start(
    { tools: [weather] },
    { calls: [['weather', '{"city":"Rome"}']], usage: { ...usage, reasoningTokens: 1 }, warnings },
    { text: 'Done.', usage, warnings: [...warnings, { message: 'another' }] },
  );
  const response = await run.response();
  expect(response.usage).toEqual({ inputTokens: 20, outputTokens: 4, totalTokens: 24 });
  expect(response.warnings).toEqual([...warnings, { message: 'another' }]);
  expect(response.steps[0]?.response.usage.reasoningTokens).toBe(1);
});

test('the last reply has its validated object', async () => {
  const request = { model: 'm', messages: [question], tools: [weather], responseFormat: city };
  const scripts: Script[] = [{ calls: [['weather', '{"city":"Rome"}']] }, '{"city":"Rome"}'];
  const response = await runTools(request, { client: createFakeClient(...scripts) }).response();
  expect(response.object?.city).toBe('Rome');
  const wrong = runTools(request, { client: createFakeClient('{"town":1}') });
  await expect(wrong.response()).rejects.toMatchObject({ kind: 'invalid-response', text: '{"town":1}' });
});

test('a run is read once, and begins when it is read', async () => {
  const { client, run } = start({ tools: [weather] }, 'Done.');
  expect(client.calls).toEqual([]);
  const [first, second] = [run.response(), run.response()];
  expect(await first).toBe(await second);
  expect((await collect(run)).error).toMatchObject({ kind: 'configuration' });
  expect(client.calls).toHaveLength(1);
});

test.each<[string, object]>([
  ['client', { client: {} }],
  ['client', { client: undefined }],
  ['maxSteps', { maxSteps: 0 }],
  ['maxSteps', { maxSteps: 1.5 }],
  ['stream', { stream: 'yes' }],
  ['maxStep', { maxStep: 3 }],
  ['maxRetries', { maxRetries: -1 }],
  ['signal', { signal: new AbortController() }],
])('the option %s is refused when it is wrong: %j', async (field, wrong) => {
  const options = { client: createFakeClient('Done.'), ...wrong } as ToolRunOptions;
  const run = runTools({ model: 'm', messages: [question], tools: [weather] }, options);
  await expect(run.response()).rejects.toMatchObject({ kind: 'configuration', field });
});

test('a run without a request is refused', async () => {
  const run = runTools(null as never, { client: createFakeClient('Done.') });
  await expect(run.response()).rejects.toMatchObject({ kind: 'invalid-request', field: 'request' });
});

test.each<[string, object]>([
  ['tools', { tools: undefined }],
  ['tools[0]', { tools: [null] }],
  ['tools[0].execute', { tools: [{ name: 'a', execute: 'run' }] }],
  ['tools[0].exec', { tools: [{ name: 'a', exec: () => 'text' }] }],
  ['messages', { messages: undefined }],
  ['messages[1].partial', { messages: [question, { role: 'assistant', content: 'It is', partial: true }] }],
])('the request member %s is refused before anything is sent: %j', async (field, wrong) => {
  const client = createFakeClient('Done.');
  const request = { model: 'm', messages: [question], tools: [weather], ...wrong } as ToolRunRequest;
  await expect(runTools(request, { client }).response()).rejects.toMatchObject({
    kind: 'invalid-request',
    field,
  });
  expect(client.calls).toEqual([]);
});
