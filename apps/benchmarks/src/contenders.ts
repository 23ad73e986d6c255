/** Contenders' modules under `contenders/`, with their names in tables. The floor comes first. */
export const contenders: Readonly<Record<string, string>> = {
  floor: 'floor (fetch by hand)',
  'node-http': 'node:http by hand',
  'undici-request': 'undici.request by hand',
  'qwire-openai-compatible-fetch': '@qwire/openai-compatible',
  'qwire-openai-compatible-node': '@qwire/openai-compatible, Node transport',
  'qwire-dashscope-fetch': '@qwire/dashscope',
  'qwire-dashscope-node': '@qwire/dashscope, Node transport',
  openai: 'openai',
  'ai-sdk-alibaba': '@ai-sdk/alibaba',
  xsai: 'xsai',
  'langchain-tongyi': 'LangChain Tongyi',
};

/** What a contender cannot be asked: xsai hands on no arguments in `textStream`, LangChain joins them itself. */
export const cannotMeasure: Readonly<Record<string, readonly string[]>> = {
  xsai: ['tools'],
  'langchain-tongyi': ['tools'],
};
