import { type BenchClient, basePath, key, messagesOf, modelName } from '../contender.ts';
import type { Send } from './by-hand.ts';

interface Reply {
  output: { choices: { message: { content: string; tool_calls?: { function: { arguments: string } }[] } }[] };
}

const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };

/** The same loop as `callByHand`, over the native wire. */
export function callNativeByHand(
  address: string,
  send: Send,
  { messages = 1 }: { readonly messages?: number } = {},
): BenchClient {
  const url = `${address}${basePath.dashscope}/services/aigc/text-generation/generation`;
  const parameters = { result_format: 'message' };
  const request = { model: modelName, input: { messages: messagesOf(messages) }, parameters };
  const streamed = JSON.stringify({ ...request, parameters: { ...parameters, incremental_output: true } });
  const sendStream = () => send(url, { ...headers, 'x-dashscope-sse': 'enable' }, streamed);
  return {
    async chat() {
      const decoder = new TextDecoder();
      let text = '';
      for await (const bytes of await send(url, headers, JSON.stringify(request))) {
        text += decoder.decode(bytes, { stream: true });
      }
      const reply: Reply = JSON.parse(text);
      return reply.output.choices[0]?.message.content ?? '';
    },
    async stream() {
      const decoder = new TextDecoder();
      let [text, rest] = ['', ''];
      for await (const bytes of await sendStream()) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (!line.startsWith('data:')) continue;
          const reply: Reply = JSON.parse(line.slice(5));
          const message = reply.output.choices[0]?.message;
          text += message?.content ?? '';
          for (const call of message?.tool_calls ?? []) text += call.function.arguments;
        }
      }
      return text;
    },
    open: sendStream,
  };
}
