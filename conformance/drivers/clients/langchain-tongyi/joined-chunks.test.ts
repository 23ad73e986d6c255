import { ChatAlibabaTongyi } from '@langchain/community/chat_models/alibaba_tongyi';
import type { AIMessageChunk } from '@langchain/core/messages';
import { type ClientDriver, loadCases, performCase, startLoopbackCarrier } from '@qwire/conformance';
import { expect, test } from 'vitest';
import { addressOf, keyOf } from '../../src/client-request.ts';
import { langchainTongyi } from './client.ts';

test('chunks that are joined add up the running token counts and glue the reasons of the end together', async () => {
  const joined: AIMessageChunk[] = [];
  const driver: ClientDriver = {
    ...langchainTongyi.driver,
    async perform(call, { baseURL }) {
      const model = new ChatAlibabaTongyi({
        alibabaApiKey: keyOf(call),
        apiUrl: `${addressOf(baseURL)}/services/aigc/text-generation/generation`,
      });
      for await (const chunk of await model.stream('Greet me.')) {
        const [before] = joined;
        joined[0] = before ? before.concat(chunk) : chunk;
      }
      return { ended: 'completed', response: {} };
    },
  };
  const testCase = loadCases().cases.find(({ id }) => id === 'dashscope/stream/text-with-usage');
  const carrier = await startLoopbackCarrier();
  try {
    if (testCase) await performCase(testCase, { driver, carrier, timeLimitMs: 5000 });
  } finally {
    await carrier.stop();
  }
  expect(testCase?.expect.response?.usage).toMatchObject({ inputTokens: 14, outputTokens: 9 });
  expect(joined[0]?.usage_metadata).toMatchObject({ input_tokens: 70, output_tokens: 28 });
  expect(joined[0]?.response_metadata.finish_reason).toBe('nullnullnullnullstop');
});
