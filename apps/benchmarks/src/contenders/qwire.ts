import type { Client } from '@qwire/core';
import { type BenchClient, modelName, prompt } from '../contender.ts';

const request = { model: modelName, messages: [{ role: 'user' as const, content: prompt }] };

/** Either of our clients, through what users call. */
export function callQwire(client: Pick<Client, 'chat' | 'stream'>): BenchClient {
  return {
    chat: async () => (await client.chat(request)).text,
    async stream() {
      let text = '';
      for await (const event of client.stream(request)) {
        if (event.type === 'text-delta') text += event.text;
        if (event.type === 'tool-call-delta') text += event.arguments;
      }
      return text;
    },
  };
}
