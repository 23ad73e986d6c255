/** Contenders' modules under `contenders/`, with their names in tables. The floor comes first. */
export const contenders: Readonly<Record<string, string>> = {
  floor: 'floor (fetch by hand)',
  'floor-dashscope': 'floor, native wire',
  'node-http': 'node:http by hand',
  'undici-request': 'undici.request by hand',
  'qwire-openai-compatible-fetch': '@qwire/openai-compatible',
  'qwire-openai-compatible-node': '@qwire/openai-compatible, Node transport',
  'qwire-dashscope-fetch': '@qwire/dashscope',
  'qwire-dashscope-node': '@qwire/dashscope, Node transport',
  openai: 'openai',
  'ai-sdk-alibaba': '@ai-sdk/alibaba',
  'ai-sdk': 'ai and @ai-sdk/alibaba',
  xsai: 'xsai',
  'langchain-tongyi': 'LangChain Tongyi',
};

/**
 * What a contender cannot be asked: xsai hands on no arguments in `textStream`, LangChain joins them itself and breaks
 * characters that two chunks share. When a loop over xsai's `textStream` is left, its next write throws outside of any
 * call and ends the process.
 */
export const cannotMeasure: Readonly<Record<string, readonly string[]>> = {
  xsai: ['tools', 'leave'],
  'langchain-tongyi': ['tools', 'chinese'],
};

/** The floor of a contender's own wire. */
export function floorOf(contender: string): string {
  return /dashscope|tongyi/.test(contender) ? 'floor-dashscope' : 'floor';
}

/** What a program imports to use a contender; a floor imports nothing. */
export const packagesOf: Readonly<Record<string, readonly string[]>> = {
  'node-http': ['node:http'],
  'undici-request': ['undici'],
  'qwire-openai-compatible-fetch': ['@qwire/openai-compatible'],
  'qwire-openai-compatible-node': ['@qwire/openai-compatible', '@qwire/core/node'],
  'qwire-dashscope-fetch': ['@qwire/dashscope'],
  'qwire-dashscope-node': ['@qwire/dashscope', '@qwire/core/node'],
  openai: ['openai'],
  'ai-sdk-alibaba': ['@ai-sdk/alibaba'],
  'ai-sdk': ['ai', '@ai-sdk/alibaba'],
  xsai: ['@xsai/generate-text', '@xsai/stream-text'],
  'langchain-tongyi': ['@langchain/community/chat_models/alibaba_tongyi', '@langchain/core/messages'],
};
