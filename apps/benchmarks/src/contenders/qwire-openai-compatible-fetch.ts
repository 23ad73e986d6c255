import { createOpenAICompatible } from '@qwire/openai-compatible';
import { basePath, type Contender, key } from '../contender.ts';
import { callQwire } from './qwire.ts';

export const contender: Contender = {
  wire: 'openai-compatible',
  connect: (address, options) =>
    callQwire(
      createOpenAICompatible({ apiKey: key, baseURL: address + basePath['openai-compatible'] }),
      options,
    ),
};
