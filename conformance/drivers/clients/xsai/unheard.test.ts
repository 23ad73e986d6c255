import { type ClientDriver, loadCases, performCase, startLoopbackCarrier } from '@qwire/conformance';
import { streamText } from '@xsai/stream-text';
import { expect, test } from 'vitest';
import { addressOf, keyOf } from '../../src/client-request.ts';
import { xsai } from './client.ts';

/** The stream, and nothing else that it gives, is read. */
const plainCaller: ClientDriver = {
  ...xsai.driver,
  async perform(call, { baseURL }) {
    const options = { baseURL: addressOf(baseURL), apiKey: keyOf(call), model: 'qwen-plus', messages: [] };
    const { textStream } = streamText(options);
    try {
      for await (const _ of textStream);
      return { ended: 'completed', response: {} };
    } catch {
      return { ended: 'failed', error: { kind: undefined } };
    }
  },
};

test('a caller who reads only the stream leaves promises unheard, which end the process when the stream fails', async () => {
  const testCase = loadCases().cases.find(({ id }) => id === 'openai-compatible/stream-errors/after-text');
  if (!testCase) throw new Error('The case is missing');
  const carrier = await startLoopbackCarrier();
  try {
    const { outcome } = await performCase(testCase, { driver: plainCaller, carrier, timeLimitMs: 5000 });
    expect(outcome?.error?.kind).toBe('crash');
    expect(outcome?.error?.message).toMatch(/^unhandled rejection: Error: Error from server/);
  } finally {
    await carrier.stop();
  }
});
