import { createAlibaba } from '@ai-sdk/alibaba';
import { basePath, type Contender, key, modelName, prompt } from '../contender.ts';

const call = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: prompt }] }] };

export const contender: Contender = {
  wire: 'openai-compatible',
  connect(address) {
    const model = createAlibaba({ apiKey: key, baseURL: address + basePath['openai-compatible'] })(modelName);
    return {
      async chat() {
        const { content } = await model.doGenerate(call);
        return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
      },
      async stream() {
        let text = '';
        for await (const part of (await model.doStream(call)).stream) {
          if (part.type === 'text-delta' || part.type === 'tool-input-delta') text += part.delta;
        }
        return text;
      },
      open: async () => (await model.doStream(call)).stream,
    };
  },
};
