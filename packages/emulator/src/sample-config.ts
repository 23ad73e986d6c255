import type { EmulatorConfig } from './config.ts';

/** Two workspaces in Singapore, one of which was granted a few models only, and replies worth looking at. */
export const sampleConfig = {
  region: 'ap-southeast-1',
  workspaces: [
    { id: 'llm-default', name: 'default', apiKeys: ['sk-default'], models: '*' },
    {
      id: 'llm-marketing',
      name: 'marketing',
      apiKeys: ['sk-marketing'],
      models: ['qwen-plus', 'qwen3-vl-*'],
    },
  ],
  replies: [
    {
      when: 'Who are you',
      reasoning: 'The user asks who I am. One sentence is enough.',
      text: 'I am Qwen, a large language model made by Alibaba Cloud.',
    },
    {
      when: '你是谁',
      reasoning: '用户想知道我是谁。用一句话回答就好。',
      text: '我是通义千问，阿里云研发的大语言模型。',
    },
    {
      when: '/weather in Hangzhou/i',
      toolCalls: [{ name: 'get_weather', arguments: { city: 'Hangzhou' } }],
      text: 'I cannot look outside. Offer me the tool get_weather, and I will call it.',
    },
    {
      when: '/how many r.*strawberry/i',
      reasoning:
        's-t-r-a-w-b-e-r-r-y: the letter r stands in the third, the eighth and the ninth place. That makes three.',
      text: 'There are 3 letters r in "strawberry".',
    },
  ],
} satisfies EmulatorConfig;
