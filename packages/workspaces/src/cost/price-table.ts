/** What tokens may be charged as: the columns of the price pages. Rates are per million tokens. */
export const tokenRates = [
  'input',
  'implicitHit',
  'explicitHit',
  'explicitCreation',
  'explicitCreation1h',
  'audioInput',
  'output',
  'thinkingOutput',
  'audioOutput',
  'batchInput',
  'batchOutput',
  'batchThinkingOutput',
] as const;

export type TokenRate = (typeof tokenRates)[number];

/** Built-in tools that are charged for each use, by the name of their count in the usage. Rates are per thousand uses. */
export const useRates = ['webSearches', 'imageSearches', 'codeInterpreterRuns'] as const;

export type UseRate = (typeof useRates)[number];

/** A rate that may be wrong. */
export interface DoubtfulRate {
  /** A decimal number as text. */
  readonly rate: string;
  /** Why it may be wrong; whatever is priced by it says so too. */
  readonly doubt: string;
  /** The highest that a source names, where one names more. Bounds are reckoned by it. */
  readonly atMost?: string;
}

/** A decimal number as text, such as `0.8`. */
export type Rate = string | DoubtfulRate;

/**
 * Rates that hold for the whole of a request whose input has a certain size. A rate that is left out is not known; that
 * of thinking is then the rate of output.
 */
export type Tier = { readonly [kind in TokenRate]?: Rate } & {
  readonly input: Rate;
  /** Input tokens of the request at most, this number among them; no limit unless given. */
  readonly upTo?: number;
  /** Above so many input tokens another reading of the page puts the request into the next tier. */
  readonly doubtfulAbove?: number;
};

/** Prices of one or several models. */
export interface ModelPrice {
  /** An id, or one in which `*` stands for any characters; compared in lower case. */
  readonly models: string | readonly string[];
  /** From small requests to large ones. */
  readonly tiers: readonly Tier[];
  /** Whether it thinks when a request does not say. It matters where thinking has a price of its own. */
  readonly thinksByDefault?: boolean;
}

/** Where the service computes, which is what prices depend on; a region may offer several. */
export type DeploymentScope = 'mainland' | 'international' | 'us' | 'eu' | 'global';

/** Typical multiples, applied with a doubt where a rate is not published: of the input rate, and for batch of each rate. */
export interface TypicalFactors {
  readonly implicitHit?: string;
  readonly explicitHit?: string;
  readonly explicitCreation?: string;
  readonly batch?: string;
}

/** Prices of one day, in one currency. */
export interface PriceTable {
  /** The day on which the prices were read, `YYYY-MM-DD`, or `YYYY-MM` where no day is known. */
  readonly date: string;
  readonly source: string;
  readonly currency: string;
  readonly scope: DeploymentScope;
  /** Ids of the regions that the prices hold in. */
  readonly regions: readonly string[];
  readonly prices: readonly ModelPrice[];
  readonly uses?: { readonly [kind in UseRate]?: Rate };
  readonly factors?: TypicalFactors;
  /** Why all of it may be wrong. */
  readonly doubt?: string;
}
