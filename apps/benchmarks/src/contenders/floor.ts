import type { Contender } from '../contender.ts';
import { callByHand } from './by-hand.ts';

export const contender: Contender = {
  wire: 'openai-compatible',
  connect: (address, options) =>
    callByHand(
      address,
      async (url, headers, body) => {
        const response = await fetch(url, { method: 'POST', headers, body });
        if (!response.ok || response.body === null) throw new Error(`The server answered ${response.status}`);
        return response.body;
      },
      options,
    ),
};
