export { createOpenAICompatible } from './create-openai-compatible.ts';
export { openAICompatible } from './wire-format.ts';
