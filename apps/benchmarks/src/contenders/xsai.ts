import { generateText } from '@xsai/generate-text';
import { streamText } from '@xsai/stream-text';
import { basePath, type Contender, key, modelName, prompt } from '../contender.ts';

export const contender: Contender = {
  wire: 'openai-compatible',
  connect(address) {
    const options = {
      apiKey: key,
      baseURL: `${address}${basePath['openai-compatible']}/`,
      model: modelName,
      messages: [{ role: 'user' as const, content: prompt }],
    };
    return {
      chat: async () => (await generateText(options)).text ?? '',
      async stream() {
        let text = '';
        for await (const part of streamText({ ...options, streamOptions: { includeUsage: true } })
          .textStream) {
          text += part;
        }
        return text;
      },
      open: async () => streamText(options).textStream,
    };
  },
};
