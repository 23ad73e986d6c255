import { createAlibaba } from '@ai-sdk/alibaba';
import type { ChatRequest, JsonObject } from '@qwire/core';
import { aiSdkExposure, performAiSdk } from '../../src/ai-sdk.ts';
import { addressOf, keyOf, requestOf } from '../../src/client-request.ts';
import { capabilitiesExcept, type ScoredClient } from '../../src/scored-client.ts';
import { versionOf } from '../../src/version-of.ts';

const noOption = 'it has no option for it';

/** Parameters of Model Studio's own that it has options for, with their names. */
const optionNames: Readonly<Record<string, string>> = {
  enable_thinking: 'enableThinking',
  thinking_budget: 'thinkingBudget',
  preserve_thinking: 'preserveThinking',
  parallel_tool_calls: 'parallelToolCalls',
};

export const aiSdkAlibaba: ScoredClient = {
  label: '@ai-sdk/alibaba',
  exposes: aiSdkExposure,
  cannotSay({ request }) {
    const { extra = {} } = request as unknown as ChatRequest;
    const unknown = Object.keys(extra).find((name) => optionNames[name] === undefined);
    return unknown === undefined ? undefined : `it has no option for ${unknown}`;
  },
  driver: {
    name: '@ai-sdk/alibaba',
    version: versionOf('@ai-sdk/alibaba'),
    wireFormat: 'openai-compatible',
    carriers: ['loopback'],
    refusals: 'skip',
    supports: capabilitiesExcept({
      'video-input': 'only image file parts are supported',
      'audio-input': 'only image file parts are supported',
      'document-input': 'only image file parts are supported',
      'document-addresses': 'only image file parts are supported',
      partial: noOption,
      'web-search': noOption,
      'search-sources': noOption,
      'code-interpreter': noOption,
      translation: noOption,
      ocr: noOption,
      'audio-output': noOption,
      logprobs: noOption,
      'multiple-choices': noOption,
      embeddings: 'embeddings are not on this board',
      'embedding-options': 'embeddings are not on this board',
      'workspace-routing': 'it knows no workspaces',
    }),
    perform: performAiSdk((call, baseURL) => {
      const request = requestOf(call);
      const provider = createAlibaba({ apiKey: keyOf(call), baseURL: addressOf(baseURL) });
      return { model: provider(request.model), providerOptions: { alibaba: optionsOf(request) } };
    }),
  },
};

function optionsOf({ thinking, parallelToolCalls, extra = {} }: ChatRequest): JsonObject {
  const renamed = Object.entries(extra).map(([name, value]) => [optionNames[name] ?? name, value]);
  return {
    ...(thinking !== undefined && { enableThinking: thinking !== false }),
    ...(typeof thinking === 'object' && {
      ...(thinking.budget !== undefined && { thinkingBudget: thinking.budget }),
      ...(thinking.preserve !== undefined && { preserveThinking: thinking.preserve }),
    }),
    ...(parallelToolCalls !== undefined && { parallelToolCalls }),
    ...Object.fromEntries(renamed),
  };
}
