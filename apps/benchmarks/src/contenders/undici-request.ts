import { request } from 'undici';
import type { Contender } from '../contender.ts';
import { callByHand } from './by-hand.ts';

export const contender: Contender = {
  wire: 'openai-compatible',
  connect: (address, options) =>
    callByHand(
      address,
      async (url, headers, body) => (await request(url, { method: 'POST', headers, body })).body,
      options,
    ),
};
