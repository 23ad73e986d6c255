import { createOpenAICompatible } from '../../packages/openai-compatible/dist/index.js';
import { callAndStream } from './call-and-stream.mjs';

callAndStream(createOpenAICompatible({ region: 'singapore' }));
