import { createDashScope } from '../../packages/dashscope/dist/index.js';
import { callAndStream } from './call-and-stream.mjs';

callAndStream(createDashScope({ region: 'singapore' }));
