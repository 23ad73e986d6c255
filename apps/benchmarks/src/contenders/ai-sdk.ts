import { createAlibaba } from '@ai-sdk/alibaba';
import { generateText, streamText } from 'ai';
import { basePath, type Contender, key, modelName, prompt } from '../contender.ts';

export const contender: Contender = {
  wire: 'openai-compatible',
  connect(address) {
    const model = createAlibaba({ apiKey: key, baseURL: address + basePath['openai-compatible'] })(modelName);
    const open = () => streamText({ model, prompt, maxRetries: 0 });
    return {
      chat: async () => (await generateText({ model, prompt, maxRetries: 0 })).text,
      async stream() {
        let text = '';
        for await (const part of open().fullStream) {
          if (part.type === 'text-delta') text += part.text;
          if (part.type === 'tool-input-delta') text += part.delta;
        }
        return text;
      },
      open: async () => open().fullStream,
    };
  },
};
