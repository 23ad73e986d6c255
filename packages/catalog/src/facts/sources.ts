import type { FactSource } from '../model-facts.ts';

const retrievedOn = '2026-11-22';

export const nativeReference: FactSource = {
  source: 'https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope',
  retrievedOn,
  documentUpdatedOn: '2026-05',
};

export const compatibleReference: FactSource = {
  source: 'https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-openai-chat-completions',
  retrievedOn,
};

export const embeddingReference: FactSource = {
  source: 'https://www.alibabacloud.com/help/en/model-studio/text-embedding-synchronous-api',
  retrievedOn,
};

/** What the service says about its own models. */
export const modelMetadata: FactSource = {
  source: 'Model metadata of the region cn-beijing, GET /api/v1/models',
  retrievedOn: '2026-05-27',
};

/** Recorded traffic of the live service. */
export const recordings: FactSource = {
  source:
    'https://github.com/cnblogs/dashscope-sdk/tree/main/test/Cnblogs.DashScope.Tests.Shared/RawHttpData',
  retrievedOn,
};

/** Recorded replies of qwen3-max. */
export const qwen3MaxRecordings: FactSource = {
  source: 'https://github.com/vercel/ai/tree/main/packages/alibaba/src/__fixtures__',
  retrievedOn,
  documentUpdatedOn: '2026-02-10',
};

/** A client of the native wire that routes models by rules of its own. */
export const agentScope: FactSource = {
  source: 'https://github.com/agentscope-ai/agentscope-java/tree/c2d43f86e',
  retrievedOn,
};
