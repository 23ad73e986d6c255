import { checkMembers, invalid, toRegion } from '@qwire/core/adapter-kit';
import { isOnCalendar } from './is-on-calendar.ts';
import { matchesModel } from './matches-model.ts';
import { checkOwnPrice, checkScopes, type OwnPrice, type OwnRates } from './own-price.ts';
import type { DeploymentScope, ModelPrice, PriceTable } from './price-table.ts';
import { documentedPrices, scopeOfWorkspace } from './prices/documented-prices.ts';
import { cacheAndBatchFactors } from './prices/factors.ts';
import { isUnpriced, type Unpriced, unpriced } from './unpriced.ts';

/** Whose price is asked for. */
export interface PriceQuery {
  /** The model's id; case does not matter. */
  readonly model: string;
  /** Region id or alias. */
  readonly region?: string | undefined;
  /** Where the service computes; needed in a region that leaves it to the workspace. */
  readonly scope?: DeploymentScope | undefined;
  /** When the call was made, ISO 8601 as text; the newest prices unless given. */
  readonly at?: string | undefined;
}

/** A model's price, with the table that it stands in. */
export interface FoundPrice {
  readonly price: ModelPrice;
  readonly table: Pick<PriceTable, 'date' | 'source' | 'currency' | 'uses' | 'factors' | 'doubt'>;
}

export interface PriceBook {
  /** The price, or why there is none. @throws QwireError of kind `configuration` for an `at` that is no day or moment. */
  find(query: PriceQuery): FoundPrice | Unpriced;
}

export interface PriceBookOptions {
  /** Your own prices; they win over those of this package, and the newest that holds over the others. */
  readonly overrides?: readonly OwnPrice[];
  /** For regions that leave it to the workspace: where the service computes, such as `{ 'eu-central-1': 'eu' }`. */
  readonly scopes?: Readonly<Record<string, DeploymentScope>>;
}

/**
 * The documented prices with your own before them.
 *
 * @throws QwireError of kind `configuration` that names the member of an override that is wrong.
 */
export function createPriceBook(options: PriceBookOptions = {}): PriceBook {
  checkMembers(options as unknown, ['overrides', 'scopes'], { field: '', kind: 'configuration' });
  const { overrides = [], scopes = {} } = options;
  if (!Array.isArray(overrides)) throw invalid('overrides', 'must be a list', 'configuration');
  for (const [index, price] of overrides.entries()) checkOwnPrice(price, `overrides[${index}]`);
  checkScopes(scopes);
  const settings: Settings = { overrides, scopes };
  return {
    find(query) {
      checkMoment(query.at);
      return find(query, settings);
    },
  };
}

/** Days are compared as text, which would take what is no day for the newest or for none. */
function checkMoment(at: unknown): void {
  if (at === undefined) return;
  const [day] = (typeof at === 'string' && /^\d{4}-\d\d(-\d\d)?(?=T|$)/.exec(at)) || [];
  if (day && isOnCalendar(day) && !Number.isNaN(Date.parse(String(at)))) return;
  throw invalid('at', 'must be text such as "2026-11-01" or "2026-11-01T08:00:00Z"', 'configuration');
}

type Settings = Required<PriceBookOptions>;

function find(query: PriceQuery, settings: Settings): FoundPrice | Unpriced {
  const region = query.region === undefined ? undefined : regionId(query.region);
  const own = newest(
    settings.overrides.filter((entry) => matchesModel(entry.models, query.model) && holdsIn(entry, region)),
    query.at,
  );
  if (!own) return findDocumented(query, region, settings);
  if (!('pricedAs' in own)) return fromOwn(own, query, region, settings);
  const others = settings.overrides.filter((entry) => !('pricedAs' in entry));
  return find({ ...query, model: own.pricedAs }, { ...settings, overrides: others });
}

function fromOwn(
  own: OwnRates,
  query: PriceQuery,
  region: string | undefined,
  settings: Settings,
): FoundPrice {
  const around = tablesOf(query, region, settings);
  const table = isUnpriced(around)
    ? undefined
    : newest(
        around.filter(({ currency }) => currency === own.currency),
        query.at,
      );
  return {
    price: own,
    table: {
      date: own.date,
      source: 'your own prices',
      currency: own.currency,
      uses: { ...table?.uses, ...own.uses },
      factors: cacheAndBatchFactors,
    },
  };
}

function findDocumented(
  query: PriceQuery,
  region: string | undefined,
  settings: Settings,
): FoundPrice | Unpriced {
  const tables = tablesOf(query, region, settings);
  if (isUnpriced(tables)) return tables;
  const withModel = tables.flatMap((table) => {
    const price = table.prices.find(({ models }) => matchesModel(models, query.model));
    return price ? [{ date: table.date, price, table }] : [];
  });
  const found = newest(withModel, query.at);
  if (found) return withLaterDoubt(found, withModel);
  const known =
    withModel.length > 0 ? `on ${query.at}; the first is of ${withModel.at(-1)?.date}` : `in ${region}`;
  return unpriced(
    'no-price',
    `No price of ${query.model} is known ${known}; give one in createPriceBook({ overrides })`,
  );
}

/** Tables of the region and scope, of all days. */
function tablesOf(
  { scope: asked }: PriceQuery,
  region: string | undefined,
  { scopes }: Settings,
): readonly PriceTable[] | Unpriced {
  if (region === undefined) return unpriced('no-region', 'Prices depend on the region, which is not known');
  const scope = asked ?? scopeIn(scopes, region);
  const choice = scopeOfWorkspace[region];
  if (choice && !scope) {
    const names = choice.map((name) => `"${name}"`).join(' or ');
    return unpriced(
      'no-region',
      `In ${region} each workspace computes in a scope of its own; say which: ${names}`,
    );
  }
  return documentedPrices.filter(
    (table) => table.regions.includes(region) && (!scope || table.scope === scope),
  );
}

/** The newest that is not of a later day. A month without a day comes before its first moment, as texts are compared. */
function newest<T extends { readonly date: string }>(
  dated: readonly T[],
  at: string | undefined,
): T | undefined {
  const holding = dated.filter(({ date }) => at === undefined || date <= at);
  return holding.reduce<T | undefined>(
    (best, entry) => (best && best.date >= entry.date ? best : entry),
    undefined,
  );
}

/** Prices that were replaced did so on a day between two readings of the page. */
function withLaterDoubt({ price, table }: FoundPrice, all: readonly FoundPrice[]): FoundPrice {
  const later = all.map((other) => other.table.date).filter((date) => date > table.date);
  if (later.length === 0) return { price, table };
  const doubt = `Prices of ${table.date}; they changed by ${later.sort()[0]}, on a day that is not known.`;
  return { price, table: { ...table, doubt } };
}

function holdsIn({ regions }: OwnPrice, region: string | undefined): boolean {
  return regions === undefined || regions.some((name) => regionId(name) === region);
}

function scopeIn(
  scopes: Readonly<Record<string, DeploymentScope>>,
  region: string,
): DeploymentScope | undefined {
  return Object.entries(scopes).find(([name]) => regionId(name) === region)?.[1];
}

function regionId(name: string): string {
  return toRegion(name) ?? name;
}

/** The prices of this package alone. */
export const documentedPriceBook: PriceBook = createPriceBook();
