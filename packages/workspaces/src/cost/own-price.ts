import { checkMembers, invalid, regions, toRegion } from '@qwire/core/adapter-kit';
import { nearest } from '../nearest.ts';
import { parseDecimal } from './decimal.ts';
import { isOnCalendar } from './is-on-calendar.ts';
import {
  type DeploymentScope,
  type Rate,
  type Tier,
  tokenRates,
  type UseRate,
  useRates,
} from './price-table.ts';

interface OwnEntry {
  /** An id, one in which `*` stands for any characters, or a list of these. */
  readonly models: string | readonly string[];
  /** Region ids or aliases; every region unless given. */
  readonly regions?: readonly string[];
  /** The day from which it holds, `YYYY-MM-DD`. */
  readonly date: string;
}

/** A price of your own. */
export interface OwnRates extends OwnEntry {
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
  /** Rates per million tokens, from small requests to large ones; one tier without `upTo` for a flat price. */
  readonly tiers: readonly Tier[];
  /** Rates per thousand uses of built-in tools; those of the region unless given, where the currency is the same. */
  readonly uses?: { readonly [kind in UseRate]?: Rate };
  readonly thinksByDefault?: boolean;
}

/** A model that is priced as another one, such as a snapshot as the model that it is a snapshot of. */
export interface PricedAs extends OwnEntry {
  readonly pricedAs: string;
}

export type OwnPrice = OwnRates | PricedAs;

const entryMembers = ['models', 'regions', 'date'];
const rateMembers = [...entryMembers, 'currency', 'tiers', 'uses', 'thinksByDefault'];
const scopes: readonly DeploymentScope[] = ['mainland', 'international', 'us', 'eu', 'global'];

/** @throws QwireError of kind `configuration` that names the member and what it must be. */
export function checkOwnPrice(price: unknown, field: string): asserts price is OwnPrice {
  const isRated = !(typeof price === 'object' && price !== null && 'pricedAs' in price);
  checkMembers(price, isRated ? rateMembers : [...entryMembers, 'pricedAs'], at(field));
  check(
    isTexts(price.models),
    `${field}.models`,
    'a model id, in which * stands for any characters, or a list of these',
  );
  check(
    price.regions === undefined || (Array.isArray(price.regions) && isTexts(price.regions)),
    `${field}.regions`,
    'a list of regions',
  );
  for (const [index, region] of ((price.regions ?? []) as readonly string[]).entries())
    checkRegion(region, `${field}.regions[${index}]`);
  check(
    isText(price.date) && /^\d{4}-\d\d(-\d\d)?$/.test(price.date) && isOnCalendar(price.date),
    `${field}.date`,
    'a day such as "2026-11-01"',
  );
  if (!isRated) return check(isText(price.pricedAs), `${field}.pricedAs`, 'a model id');
  check(
    isText(price.currency) && /^[A-Z]{3}$/.test(price.currency),
    `${field}.currency`,
    'three capital letters such as "USD"',
  );
  check(isOptional(price.thinksByDefault, 'boolean'), `${field}.thinksByDefault`, 'true or false');
  check(Array.isArray(price.tiers) && price.tiers.length > 0, `${field}.tiers`, 'a list of one tier or more');
  checkTiers(price.tiers as readonly unknown[], `${field}.tiers`);
  if (price.uses !== undefined) checkRates(price.uses, useRates, `${field}.uses`);
}

/** @throws QwireError of kind `configuration` that names the region. */
export function checkScopes(value: unknown): void {
  checkMembers(value, Object.keys(value ?? {}), at('scopes'));
  for (const [region, scope] of Object.entries(value)) {
    checkRegion(region, `scopes.${region}`);
    check(
      scopes.some((known) => known === scope),
      `scopes.${region}`,
      scopes.map((name) => `"${name}"`).join(' or '),
    );
  }
}

function checkRegion(name: string, field: string): void {
  if (toRegion(name)) return;
  const names = Object.entries(regions).flatMap(([id, { alias }]) => [alias, id]);
  const guess = nearest(name, names);
  const fix = guess === undefined ? `: ${names.join(', ')}` : `; did you mean "${guess}"?`;
  throw invalid(field, `must be a region${fix}`, 'configuration');
}

function checkTiers(tiers: readonly unknown[], field: string): void {
  let below = 0;
  for (const [index, tier] of tiers.entries()) {
    const place = `${field}[${index}]`;
    checkMembers(tier, [...tokenRates, 'upTo', 'doubtfulAbove'], at(place));
    const { upTo, doubtfulAbove, ...rates } = tier;
    checkRates(rates, tokenRates, place);
    check(tier.input !== undefined, `${place}.input`, 'there, as text such as "0.4"');
    const isLast = index === tiers.length - 1;
    check(
      isCount(upTo, below) || (isLast && upTo === undefined),
      `${place}.upTo`,
      `a whole number above ${below}`,
    );
    check(
      doubtfulAbove === undefined || isCount(doubtfulAbove, 0),
      `${place}.doubtfulAbove`,
      'a whole number',
    );
    below = Number(upTo);
  }
}

function checkRates(rates: unknown, known: readonly string[], field: string): void {
  checkMembers(rates, known, at(field));
  for (const [name, rate] of Object.entries(rates)) checkRate(rate, `${field}.${name}`);
}

function checkRate(rate: unknown, field: string): void {
  if (typeof rate === 'object') {
    checkMembers(rate, ['rate', 'doubt', 'atMost'], at(field));
    check(isText(rate.doubt), `${field}.doubt`, 'text');
    checkNumber(rate.rate, `${field}.rate`);
    if (rate.atMost !== undefined) checkNumber(rate.atMost, `${field}.atMost`);
  } else if (rate !== undefined) checkNumber(rate, field);
}

/** Text, since most decimal numbers are not exact as numbers of JavaScript. */
function checkNumber(value: unknown, field: string): void {
  const number = typeof value === 'string' ? parseDecimal(value) : undefined;
  check(number !== undefined && number.units >= 0n, field, 'a decimal number as text, such as "0.4"');
}

function check(holds: boolean, field: string, what: string): void {
  if (!holds) throw invalid(field, `must be ${what}`, 'configuration');
}

function at(field: string) {
  return { field, kind: 'configuration' } as const;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): boolean {
  return isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText));
}

function isOptional(value: unknown, type: string): boolean {
  return value === undefined || typeof value === type;
}

function isCount(value: unknown, above: number): boolean {
  return Number.isSafeInteger(value) && Number(value) > above;
}
