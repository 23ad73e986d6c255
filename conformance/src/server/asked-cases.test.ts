import { expect, test } from 'vitest';
import { loadCases } from '../load-cases.ts';
import { loadAskedCases } from './asked-cases.ts';
import { documentedRequest } from './documented-request.ts';
import { emulatorSetup } from './server-setup.ts';

const index = loadCases();

function request(id: string, setup = emulatorSetup) {
  const asked = loadAskedCases(index).find(({ testCase }) => testCase.id === id);
  if (!asked) throw new Error(`${id} is not asked`);
  return documentedRequest(asked, setup, 'http://127.0.0.1:1/base');
}

test('both wires are asked the same, but for what one of them lacks', () => {
  const ids = loadAskedCases(index).map(({ testCase }) => testCase.id);
  expect(ids).toContain('dashscope/chat/text');
  expect(ids).toContain('openai-compatible/chat/text');
  expect(ids).not.toContain('openai-compatible/stream/cumulative');
});

test('a request is the documented one with the server’s address, key and model', () => {
  expect(request('dashscope/stream/text-with-usage')).toEqual({
    url: 'http://127.0.0.1:1/base/services/aigc/text-generation/generation',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-dashscope-sse': 'enable',
      authorization: 'Bearer sk-default',
    },
    body: {
      model: 'qwen-plus',
      input: { messages: [{ role: 'user', content: 'Greet me in two languages.' }] },
      parameters: { result_format: 'message', incremental_output: true },
    },
    model: 'qwen-plus',
  });
});

test('a native stream is asked for by its headers, also where the scenario does not state them', () => {
  expect(request('dashscope/thinking/text-model')).toMatchObject({
    headers: { accept: 'text/event-stream', 'x-dashscope-sse': 'enable' },
  });
});

test('parameters go into the body on one wire, and into its parameters on the other', () => {
  expect(request('openai-compatible/errors/parameter-out-of-range')).toMatchObject({
    body: { top_logprobs: 9 },
  });
  expect(request('dashscope/errors/parameter-out-of-range')).toMatchObject({
    body: { parameters: { result_format: 'message', top_logprobs: 9 } },
  });
});

test('a request without a key carries none', () => {
  expect(request('dashscope/errors/no-key-arrived')).not.toHaveProperty('headers.authorization');
});

test('what a server has nothing for is named', () => {
  const setup = { ...emulatorSetup, keys: { ...emulatorSetup.keys, restricted: null } };
  expect(request('dashscope/errors/model-access-denied', setup)).toEqual({ missing: 'keys.restricted' });
});

test('an entry of no scenario, and one without a whole request, are named', () => {
  expect(() => loadAskedCases(index, [{ behavior: 'chat/none', cost: 'free' }])).toThrow(
    'chat/none is no scenario',
  );
  expect(() => loadAskedCases(index, [{ behavior: 'errors/model-not-found', cost: 'free' }])).toThrow(
    'openai-compatible/errors/model-not-found states no whole request; name one that does in "asks"',
  );
});
