import { clientDriver } from '@qwire/conformance';
import { errorKinds } from '@qwire/core';
import type { ErrorExposure, ScoredClient } from './scored-client.ts';

const errors: ErrorExposure = {
  kinds: errorKinds,
  members: ['code', 'status', 'requestId', 'retryable', 'message'],
};

/** One of our adapters, driven as the suite drives it, and held to the board's rules like any other. */
export function qwireClient(options: Parameters<typeof clientDriver>[0]): ScoredClient {
  return {
    label: options.name,
    exposes: {
      response: [
        'text',
        'reasoning',
        'toolCalls',
        'finishReason',
        'rawFinishReason',
        'usage',
        'requestId',
        'model',
        'sources',
        'logprobs',
        'choices',
        'codeRuns',
        'audio',
        'ocrResult',
      ],
      usage: [
        'inputTokens',
        'outputTokens',
        'totalTokens',
        'cachedInputTokens',
        'cacheCreationInputTokens',
        'cacheCreation5mInputTokens',
        'cacheCreation1hInputTokens',
        'cacheType',
        'reasoningTokens',
        'inputTextTokens',
        'inputImageTokens',
        'inputVideoTokens',
        'inputAudioTokens',
        'outputTextTokens',
        'outputAudioTokens',
        'webSearches',
        'imageSearches',
        'codeInterpreterRuns',
      ],
      toolCalls: ['id', 'name', 'arguments', 'input'],
      finishReasons: 'own',
      errors: { ofStatus: errors, others: errors },
    },
    cannotSay: () => undefined,
    driver: { ...clientDriver(options), carriers: ['loopback'], refusals: 'skip' },
  };
}
