import type { ChatCall } from '../chat-call.ts';
import type { TokenUsage } from '../emulator.ts';
import { countsMedia, writeCacheCounts } from '../usage-details.ts';

/** `usage` of a reply and of every frame; details only where the service gives them. */
export function writeUsage(usage: TokenUsage, call: ChatCall): unknown {
  const detailed = countsMedia(call);
  const { reasoningTokens, imageTokens, videoTokens, audioTokens } = usage;
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
    ...(detailed && {
      image_tokens: imageTokens,
      input_tokens_details: {
        text_tokens: usage.inputTokens - imageTokens - videoTokens - audioTokens,
        image_tokens: imageTokens,
        ...(videoTokens > 0 && { video_tokens: videoTokens }),
        ...(audioTokens > 0 && { audio_tokens: audioTokens }),
      },
    }),
    ...((reasoningTokens > 0 || detailed) && {
      output_tokens_details: {
        ...(reasoningTokens > 0 && { reasoning_tokens: reasoningTokens }),
        ...(detailed && { text_tokens: usage.outputTokens - reasoningTokens }),
      },
    }),
    prompt_tokens_details: writeCacheCounts(usage, call),
    ...writePlugins(usage, call),
  };
}

function writePlugins(
  { webSearches, imageSearches, codeInterpreterRuns }: TokenUsage,
  { searchStrategy }: ChatCall,
): { readonly plugins?: unknown } {
  if (webSearches + imageSearches + codeInterpreterRuns === 0) return {};
  return {
    plugins: {
      ...(webSearches > 0 && { search: { count: webSearches, strategy: searchStrategy } }),
      ...(imageSearches > 0 && { image_search: { count: imageSearches } }),
      ...(codeInterpreterRuns > 0 && { code_interpreter: { count: codeInterpreterRuns } }),
    },
  };
}
