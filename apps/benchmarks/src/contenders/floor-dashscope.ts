import type { Contender } from '../contender.ts';
import { callNativeByHand } from './native-by-hand.ts';

export const contender: Contender = {
  wire: 'dashscope',
  connect: (address, options) =>
    callNativeByHand(
      address,
      async (url, headers, body) => {
        const response = await fetch(url, { method: 'POST', headers, body });
        if (!response.ok || response.body === null) throw new Error(`The server answered ${response.status}`);
        return response.body;
      },
      options,
    ),
};
