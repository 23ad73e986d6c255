import { createDashScope } from '../../packages/dashscope/dist/index.js';
import { createOpenAICompatible } from '../../packages/openai-compatible/dist/index.js';
import { callAndStream } from './call-and-stream.mjs';

callAndStream(createOpenAICompatible({ region: 'singapore' }));
callAndStream(createDashScope({ region: 'singapore' }));
