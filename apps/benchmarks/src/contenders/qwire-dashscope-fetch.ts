import { createDashScope } from '@qwire/dashscope';
import { basePath, type Contender, key } from '../contender.ts';
import { callQwire } from './qwire.ts';

export const contender: Contender = {
  wire: 'dashscope',
  connect: (address, options) =>
    callQwire(createDashScope({ apiKey: key, baseURL: address + basePath.dashscope }), options),
};
