import type { ChatCall } from '../chat-call.ts';
import type { TokenUsage } from '../emulator.ts';
import { countsMedia, writeCacheCounts } from '../usage-details.ts';

/** `usage` of a reply and of a stream's last chunk; details only where the service gives them. */
export function writeUsage(usage: TokenUsage, call: ChatCall): unknown {
  const detailed = countsMedia(call);
  const { imageTokens, videoTokens, audioTokens, outputAudioTokens } = usage;
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
    ...((usage.reasoningTokens > 0 || detailed) && {
      completion_tokens_details: {
        ...(usage.reasoningTokens > 0 && { reasoning_tokens: usage.reasoningTokens }),
        ...(detailed && { text_tokens: usage.outputTokens - outputAudioTokens }),
        ...(outputAudioTokens > 0 && { audio_tokens: outputAudioTokens }),
      },
    }),
    prompt_tokens_details: {
      ...writeCacheCounts(usage, call),
      ...(detailed && {
        text_tokens: usage.inputTokens - imageTokens - videoTokens - audioTokens,
        image_tokens: imageTokens,
      }),
      ...(videoTokens > 0 && { video_tokens: videoTokens }),
      ...(audioTokens > 0 && { audio_tokens: audioTokens }),
    },
  };
}
