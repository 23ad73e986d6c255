import { type BenchClient, basePath, key, messagesOf, modelName } from '../contender.ts';

/** Sends a body and gives what comes back, in pieces. */
export type Send = (
  url: string,
  headers: Record<string, string>,
  body: string,
) => Promise<AsyncIterable<Uint8Array>>;

interface Chunk {
  choices: {
    message?: { content: string };
    delta?: { content?: string; tool_calls?: { function: { arguments: string } }[] };
  }[];
}

const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };

/** What a careful programmer writes without a library: splits lines and calls `JSON.parse`. */
export function callByHand(
  address: string,
  send: Send,
  { messages = 1 }: { readonly messages?: number } = {},
): BenchClient {
  const url = `${address}${basePath['openai-compatible']}/chat/completions`;
  const request = { model: modelName, messages: messagesOf(messages) };
  const streamed = JSON.stringify({ ...request, stream: true, stream_options: { include_usage: true } });
  return {
    async chat() {
      const decoder = new TextDecoder();
      let text = '';
      for await (const bytes of await send(url, headers, JSON.stringify(request))) {
        text += decoder.decode(bytes, { stream: true });
      }
      const reply: Chunk = JSON.parse(text);
      return reply.choices[0]?.message?.content ?? '';
    },
    async stream() {
      const decoder = new TextDecoder();
      let [text, rest] = ['', ''];
      for await (const bytes of await send(url, headers, streamed)) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
          const chunk: Chunk = JSON.parse(line.slice(6));
          const delta = chunk.choices[0]?.delta;
          text += delta?.content ?? '';
          for (const call of delta?.tool_calls ?? []) text += call.function.arguments;
        }
      }
      return text;
    },
    open: () => send(url, headers, streamed),
  };
}
