/** A message that the empty page offers to send. */
export interface Suggestion {
  /** What it shows. */
  readonly title: string;
  readonly prompt: string;
  readonly language?: string;
  /** Offers the example tools. */
  readonly tools?: boolean;
  readonly thinking?: boolean;
}

export const suggestions: readonly Suggestion[] = [
  { title: 'Say hello', prompt: 'Who are you?' },
  { title: '用中文提问', prompt: '用三句话介绍杭州西湖。', language: 'zh-CN' },
  { title: 'Call a tool', prompt: 'What is the weather in Singapore right now?', tools: true },
  { title: 'Think first', prompt: 'Which is larger, 9.11 or 9.9?', thinking: true },
];
