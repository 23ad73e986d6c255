import type { Client } from '@qwire/core';
import { type BenchClient, messagesOf, modelName } from '../contender.ts';

/** Either of our clients, through what users call. */
export function callQwire(
  client: Pick<Client, 'chat' | 'stream'>,
  { messages = 1 }: { readonly messages?: number } = {},
): BenchClient {
  const request = { model: modelName, messages: messagesOf(messages) };
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
    open: async () => client.stream(request),
  };
}
