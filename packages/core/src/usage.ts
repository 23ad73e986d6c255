/** Tokens of one call, and what else is paid for. A number that the service did not report is `undefined`, never 0. */
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
  /** Of those, the tokens whose entry lives for five minutes. */
  readonly cacheCreation5mInputTokens?: number;
  /** Of those, the tokens whose entry lives for an hour. */
  readonly cacheCreation1hInputTokens?: number;
  /** `ephemeral` when the request set cache markers, whose prices differ. */
  readonly cacheType?: string;
  readonly reasoningTokens?: number;
  readonly inputTextTokens?: number;
  readonly inputImageTokens?: number;
  readonly inputVideoTokens?: number;
  readonly inputAudioTokens?: number;
  readonly outputTextTokens?: number;
  readonly outputAudioTokens?: number;
  /** Built-in tools are paid for each use. */
  readonly webSearches?: number;
  readonly imageSearches?: number;
  readonly codeInterpreterRuns?: number;
}
