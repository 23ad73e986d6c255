/** What a model takes and gives at most. The facts of a model in `@qwire/catalog` can be given as they are. */
export interface TokenLimits {
  /** Tokens of input and output together at most. */
  readonly contextTokens?: number | undefined;
  readonly maxInputTokens?: number | undefined;
  /** Tokens of the answer at most, thinking not counted. */
  readonly maxOutputTokens?: number | undefined;
  readonly maxThinkingTokens?: number | undefined;
  readonly thinking?: 'never' | 'optional' | 'always' | undefined;
  readonly thinkingByDefault?: boolean | undefined;
}
