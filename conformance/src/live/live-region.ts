import type { ServerSetup, ServerSetupFile } from '../server/server-setup.ts';
import table from './live-regions.json' with { type: 'json' };

/** Of a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** The cheapest documented models of a region, and what they cost. */
export interface LiveRegion {
  /** Such as `USD`. */
  readonly currency: string;
  readonly prices: Readonly<Record<string, Price>>;
  readonly models: ServerSetup['models'];
}

/** The day of the price list. */
export const pricesOf = table.documentUpdatedOn;

/** Regions whose prices are known, so that a live run needs nothing but a key. */
export const liveRegions: Readonly<Record<string, LiveRegion>> = table.regions;

const nothingKnown: LiveRegion = {
  currency: 'USD',
  prices: {},
  models: {
    text: null,
    jsonSchema: null,
    thinking: null,
    logprobs: null,
    vision: null,
    ungranted: null,
    unknown: 'qwen-none',
    thinksOnlyStreamed: null,
    streamOnly: null,
    neverThinks: null,
    alwaysThinks: null,
    withoutTools: null,
    withoutSearch: null,
  },
};

/**
 * What a live run asks for: the region's models and prices, with a setup file's in their place.
 *
 * @throws Error when nobody says which text model is to be asked, or what a model costs.
 */
export function toLiveRegion(region: string | undefined, { models, prices }: ServerSetupFile): LiveRegion {
  const known = (region !== undefined && liveRegions[region]) || nothingKnown;
  const chosen: LiveRegion = {
    currency: prices?.currency ?? known.currency,
    // Amounts of two currencies do not add up.
    prices: {
      ...(prices === undefined || prices.currency === known.currency ? known.prices : {}),
      ...prices?.models,
    },
    models: { ...known.models, ...models },
  };
  if (chosen.models.text === null) {
    throw new Error(
      `The cheapest model of ${region ?? 'this address'} is not known. Name it, and its price, in a setup file: {"models": {"text": "…"}, "prices": {"currency": "USD", "models": {"…": {"input": 0.05, "output": 0.4}}}}`,
    );
  }
  const unpriced = Object.entries(chosen.models).find(
    ([role, model]) => model !== null && !costless.has(role) && chosen.prices[model] === undefined,
  );
  if (unpriced) {
    throw new Error(
      `models.${unpriced[0]}: the price of ${unpriced[1]} is not known; give it in the setup file as prices.models["${unpriced[1]}"]: {"input": …, "output": …} for a million tokens`,
    );
  }
  return chosen;
}

/** Refused before they run, as documented. */
const costless: ReadonlySet<string> = new Set(['unknown', 'ungranted']);
