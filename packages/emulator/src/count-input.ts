import { type ChatCall, type Medium, mediaOf, textOf } from './chat-call.ts';
import type { TokenUsage } from './emulator.ts';
import { countTokens, mediaTokens } from './tokens.ts';

/** Tokens around each message that say whose it is. */
const messageOverhead = 4;

/** Tokens of the request's messages and tools, and the parts of them that are no text. */
export function countInput({
  messages,
  tools,
  preserveThinking,
}: Pick<ChatCall, 'messages' | 'tools' | 'preserveThinking'>): Pick<
  TokenUsage,
  'inputTokens' | 'imageTokens' | 'videoTokens' | 'audioTokens'
> {
  const text = messages.reduce(
    (sum, message) =>
      sum +
      messageOverhead +
      countTokens(textOf(message)) +
      // Earlier thoughts are dropped unless the call asks to keep them.
      countTokens(preserveThinking ? message.reasoning : '') +
      countTokens(message.toolCalls.map((call) => call.name + call.arguments).join('')),
    0,
  );
  const media = messages.flatMap(mediaOf);
  const tokensOf = (type: Medium) => media.filter((part) => part.type === type).length * mediaTokens[type];
  const offered = tools.length === 0 ? 0 : countTokens(JSON.stringify(tools));
  const [imageTokens, videoTokens, audioTokens] = [tokensOf('image'), tokensOf('video'), tokensOf('audio')];
  return {
    inputTokens: text + offered + imageTokens + videoTokens + audioTokens + tokensOf('document'),
    imageTokens,
    videoTokens,
    audioTokens,
  };
}
