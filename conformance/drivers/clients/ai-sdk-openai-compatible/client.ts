import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { aiSdkExposure, performAiSdk } from '../../src/ai-sdk.ts';
import { addressOf, keyOf, requestOf } from '../../src/client-request.ts';
import { toThinking } from '../../src/compatible-body.ts';
import { capabilitiesExcept, type ScoredClient } from '../../src/scored-client.ts';
import { versionOf } from '../../src/version-of.ts';

const noPlace = 'its result has no place for it';

/** Set up for Model Studio; parameters of its own go through the options of the provider, which are handed on. */
export const aiSdkOpenAICompatible: ScoredClient = {
  label: '@ai-sdk/openai-compatible',
  exposes: {
    ...aiSdkExposure,
    usage: aiSdkExposure.usage.filter((count) => count !== 'cacheCreationInputTokens'),
  },
  cannotSay: () => undefined,
  driver: {
    name: '@ai-sdk/openai-compatible',
    version: versionOf('@ai-sdk/openai-compatible'),
    wireFormat: 'openai-compatible',
    carriers: ['loopback'],
    refusals: 'skip',
    supports: capabilitiesExcept({
      'audio-input': 'audio cannot be given by its address',
      'document-input': 'documents are not on this board',
      'document-addresses': 'documents are not on this board',
      'search-sources': noPlace,
      'code-interpreter': noPlace,
      translation: noPlace,
      ocr: noPlace,
      'audio-output': noPlace,
      logprobs: noPlace,
      'multiple-choices': noPlace,
      embeddings: 'embeddings are not on this board',
      'embedding-options': 'embeddings are not on this board',
      'workspace-routing': 'it knows no workspaces',
    }),
    perform: performAiSdk((call, baseURL) => {
      const request = requestOf(call);
      const provider = createOpenAICompatible({
        name: 'qwen',
        apiKey: keyOf(call),
        baseURL: addressOf(baseURL),
        includeUsage: true,
        supportsStructuredOutputs: true,
      });
      const { thinking, parallelToolCalls, search, extra } = request;
      const qwen = {
        ...toThinking(thinking),
        ...(parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
        ...(search !== undefined && { enable_search: search !== false }),
        ...extra,
      };
      return { model: provider.chatModel(request.model), providerOptions: { qwen } };
    }),
  },
};
