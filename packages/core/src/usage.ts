/** Tokens of one call. A number that the service did not report is `undefined`, never 0. */
export interface Usage {
  /** All input tokens; cached and cache-creation tokens are among them. */
  readonly inputTokens: number | undefined;
  /** All output tokens; reasoning tokens are among them. */
  readonly outputTokens: number | undefined;
  readonly totalTokens: number | undefined;
  /** Input tokens that were read from the context cache. */
  readonly cachedInputTokens?: number;
  /** Input tokens that were written into the context cache. */
  readonly cacheCreationInputTokens?: number;
  readonly reasoningTokens?: number;
  readonly inputTextTokens?: number;
  readonly inputImageTokens?: number;
  readonly inputVideoTokens?: number;
  readonly inputAudioTokens?: number;
  readonly outputTextTokens?: number;
  readonly outputAudioTokens?: number;
}
