/**
 * What is known about one model. A fact that no document states is left out: it is unknown, and nothing is done about
 * it.
 */
export interface ModelFacts {
  /** Tokens of input and output together at most. */
  readonly contextTokens?: number | undefined;
  readonly maxInputTokens?: number | undefined;
  /** Tokens of the answer at most, thinking not counted. */
  readonly maxOutputTokens?: number | undefined;
  /** Whether it refuses every call that is not streamed. */
  readonly streamOnly?: boolean | undefined;
  /** Whether it thinks before it answers: it cannot, it can, or it cannot help it. */
  readonly thinking?: 'never' | 'optional' | 'always' | undefined;
  /** Of a model that can think: whether it does when the request does not say. */
  readonly thinkingByDefault?: boolean | undefined;
  /** Whether it may think in a reply that is not streamed. */
  readonly thinkingWithoutStream?: boolean | undefined;
  /** Tokens that `thinking.budget` may be at most. */
  readonly maxThinkingTokens?: number | undefined;
  /** Whether it knows `maxCompletionTokens`, the limit of thinking and answer together. */
  readonly completionLimit?: boolean | undefined;
  /** Whether it can be held to answering with a JSON object. */
  readonly jsonMode?: boolean | undefined;
  /** Whether it can be held to a JSON Schema. */
  readonly jsonSchema?: boolean | undefined;
  readonly tools?: boolean | undefined;
  /** Which generation service of the native wire serves it. */
  readonly nativePath?: 'text' | 'multimodal' | undefined;
  /** Texts that one call turns into vectors at most. */
  readonly maxTexts?: number | undefined;
  /** Tokens of each of these texts at most. */
  readonly maxTokensPerText?: number | undefined;
  /** Lengths that a vector may have. */
  readonly dimensions?: readonly number[] | undefined;
  /** The length of a vector when the request does not say. */
  readonly defaultDimensions?: number | undefined;
}

/** Where facts come from. */
export interface FactSource {
  /** A page's address, or what was asked. */
  readonly source: string;
  /** The day on which it was read, `YYYY-MM-DD`. */
  readonly retrievedOn: string;
  /** The day that the page itself gives, `YYYY-MM-DD`, or `YYYY-MM` where no day is known. */
  readonly documentUpdatedOn?: string;
  /** Why the fact may be wrong: sources that disagree, or a reading between the lines. */
  readonly doubt?: string;
}

/**
 * Which models: an id, an id in which `*` stands for any characters, or an expression for ids in lower case. Ids are
 * compared in lower case.
 */
export type ModelPattern = string | RegExp;

/** Facts that hold for some models. */
export interface CatalogEntry {
  readonly models: ModelPattern | readonly ModelPattern[];
  /** A member that is there and `undefined` makes a fact unknown that a later entry states. */
  readonly facts: ModelFacts;
  readonly source?: FactSource;
}
