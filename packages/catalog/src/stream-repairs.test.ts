import { expect, test } from 'vitest';
import { createFakeService, repairChat } from './fake-service.fixture.ts';
import { repairRequests } from './repair-requests.ts';

const hi = [{ role: 'user', content: 'Hi' }] as const;
const context = { options: {}, wire: 'fake', workspace: undefined };

const needStreams = [
  [{ model: 'qwq-plus' }, 'model', 'qwq-plus answers in a stream only'],
  [{ model: 'qwen3.5-omni-plus' }, 'model', 'qwen3.5-omni-plus answers in a stream only'],
  [{ model: 'qwen3-32b' }, 'thinking', 'qwen3-32b thinks in a stream only'],
  [{ model: 'qwen3-32b', thinking: { budget: 9 } }, 'thinking', 'qwen3-32b thinks in a stream only'],
  [{ model: 'qwen-plus', codeInterpreter: true }, 'codeInterpreter', 'code is run in a stream only'],
  [{ model: 'qwen9-omni', audio: { voice: 'Cherry' } }, 'model', 'qwen9-omni answers in a stream only'],
  [{ model: 'my-model', codeInterpreter: true }, 'codeInterpreter', 'code is run in a stream only'],
  [{ model: 'my-model', audio: { voice: 'Cherry' } }, 'audio', 'speech comes in a stream only'],
] as const;

test.each(needStreams)(
  'chat() of %j is a stream that is collected, warned of at %s',
  async (request, field, problem) => {
    const { sent, operations, warnings, result } = await repairChat('chat', request);
    expect(sent).toEqual([{ messages: hi, ...request }]);
    expect(operations).toEqual(['stream']);
    expect(warnings).toEqual([{ field, message: `${problem}; sent as a stream and collected` }]);
    expect(result).toMatchObject({
      operation: 'chat',
      response: {
        text: 'Hello',
        reasoning: 'Hm.',
        finishReason: 'stop',
        usage: { inputTokens: undefined, outputTokens: 3 },
        requestId: 'req-1',
        raw: 'last frame',
      },
    });
  },
);

test.each(needStreams)('stream() of %j stays as it is', async (request) => {
  const { sent, operations, warnings } = await repairChat('stream', request, { strict: true });
  expect([sent, operations, warnings]).toEqual([[{ messages: hi, ...request }], ['stream'], []]);
});

test.each(needStreams)('chat() of %j is strictly refused at %s', async (request, field, problem) => {
  const { calls, next } = createFakeService();
  const call = repairRequests({ strict: true })(next)({
    operation: 'chat',
    request: { messages: hi, ...request },
    ...context,
  });
  await expect(call).rejects.toMatchObject({
    kind: 'invalid-request',
    field,
    message: expect.stringContaining(`${field}: ${problem}; call stream()`),
  });
  expect(calls).toEqual([]);
});

test('a model that can be told not to think needs no stream then', async () => {
  const { operations, warnings } = await repairChat('chat', { model: 'qwen3-32b', thinking: false });
  expect([operations, warnings]).toEqual([['chat'], []]);
});

test('JSON of a model that thinks by default, and only in a stream, needs no stream', async () => {
  const { operations, warnings } = await repairChat('chat', {
    model: 'qwen3-32b',
    responseFormat: { type: 'object' },
  });
  expect(operations).toEqual(['chat']);
  expect(warnings.map(({ field }) => field)).toEqual(['thinking']);
});

test('several answers cannot be had where a stream is needed, and that is said', async () => {
  const { calls, next } = createFakeService();
  const call = repairRequests()(next)({
    operation: 'chat',
    request: { model: 'qwq-plus', messages: hi, n: 2 },
    ...context,
  });
  await expect(call).rejects.toMatchObject({
    kind: 'invalid-request',
    field: 'n',
    message: 'n: qwq-plus answers in a stream only, and a stream carries one answer; set it to 1',
  });
  expect(calls).toEqual([]);
});

test('what fails in the middle of the stream fails the reply', async () => {
  const cut = new Error('cut');
  const call = repairRequests()(async () => ({
    operation: 'stream',
    events: (async function* () {
      yield { type: 'response-start', requestId: 'req-1', model: 'm' } as const;
      throw cut;
    })(),
    rest: () => ({ warnings: [], raw: undefined }),
  }))({ operation: 'chat', request: { model: 'qwq-plus', messages: hi }, ...context });
  await expect(call).rejects.toBe(cut);
});
