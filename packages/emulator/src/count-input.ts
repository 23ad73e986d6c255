import { type ChatCall, mediaOf, textOf } from './chat-call.ts';
import { countTokens, mediaTokens } from './tokens.ts';

/** Tokens around each message that say whose it is. */
const messageOverhead = 4;

/** Tokens of the request's messages and tools, and the pictures' part of them. */
export function countInput({ messages, tools }: Pick<ChatCall, 'messages' | 'tools'>): {
  readonly inputTokens: number;
  readonly imageTokens: number;
} {
  const text = messages.reduce(
    (sum, message) =>
      sum +
      messageOverhead +
      countTokens(textOf(message)) +
      countTokens(message.toolCalls.map((call) => call.name + call.arguments).join('')),
    0,
  );
  const media = messages.flatMap(mediaOf);
  const tokensOf = (type: 'image' | 'video' | 'audio') =>
    media.filter((part) => part.type === type).length * mediaTokens[type];
  const imageTokens = tokensOf('image');
  const offered = tools.length === 0 ? 0 : countTokens(JSON.stringify(tools));
  return { inputTokens: text + offered + imageTokens + tokensOf('video') + tokensOf('audio'), imageTokens };
}
