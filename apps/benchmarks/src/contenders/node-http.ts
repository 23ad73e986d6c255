import { Agent, type IncomingMessage, request } from 'node:http';
import type { Contender } from '../contender.ts';
import { callByHand } from './by-hand.ts';

const agent = new Agent({ keepAlive: true });

export const contender: Contender = {
  wire: 'openai-compatible',
  connect: (address, options) =>
    callByHand(
      address,
      (url, headers, body) =>
        new Promise<IncomingMessage>((resolve, reject) => {
          request(url, { method: 'POST', headers, agent }, resolve).once('error', reject).end(body);
        }),
      options,
    ),
};
