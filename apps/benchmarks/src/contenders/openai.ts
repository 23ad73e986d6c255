import OpenAI from 'openai';
import { basePath, type Contender, key, modelName, prompt } from '../contender.ts';

const request = { model: modelName, messages: [{ role: 'user' as const, content: prompt }] };
const streamed = { ...request, stream: true, stream_options: { include_usage: true } } as const;

export const contender: Contender = {
  wire: 'openai-compatible',
  connect(address) {
    const client = new OpenAI({ apiKey: key, baseURL: address + basePath['openai-compatible'] });
    return {
      chat: async () => (await client.chat.completions.create(request)).choices[0]?.message.content ?? '',
      async stream() {
        let text = '';
        for await (const chunk of await client.chat.completions.create(streamed)) {
          const delta = chunk.choices[0]?.delta;
          text += delta?.content ?? '';
          for (const call of delta?.tool_calls ?? []) text += call.function?.arguments ?? '';
        }
        return text;
      },
      open: () => client.chat.completions.create(streamed),
    };
  },
};
