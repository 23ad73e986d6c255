import { ChatAlibabaTongyi } from '@langchain/community/chat_models/alibaba_tongyi';
import { HumanMessage } from '@langchain/core/messages';
import { type Contender, key, modelName, prompt } from '../contender.ts';

const messages = [new HumanMessage(prompt)];

export const contender: Contender = {
  wire: 'dashscope',
  connect(address) {
    const fields = { model: modelName, alibabaApiKey: key, maxRetries: 0 };
    const { apiUrl } = new ChatAlibabaTongyi({ ...fields, region: 'singapore' });
    const model = new ChatAlibabaTongyi({ ...fields, apiUrl: address + new URL(apiUrl).pathname });
    return {
      chat: async () => (await model.invoke(messages)).text,
      async stream() {
        let text = '';
        for await (const chunk of await model.stream(messages)) text += chunk.text;
        return text;
      },
      open: () => model.stream(messages),
    };
  },
};
