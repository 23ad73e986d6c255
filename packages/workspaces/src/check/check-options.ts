import type { ClientOptions, Region, RegionAlias, Timeouts } from '@qwire/core';
import { checkMembers } from '@qwire/core/adapter-kit';
import { aFunction, type Check, checkEach, readRegion } from '../registry/check-settings.ts';
import type { Finding } from './finding.ts';
import type { ProofPlan } from './plan-proofs.ts';

/**
 * Asks the service which models it lists for the key of these options. Each wire lists in its own way, so this is handed
 * in. What it throws is no finding: a listing is a hint only.
 */
export type ListModels = (
  client: ClientOptions,
  context: { readonly signal?: AbortSignal },
) => Promise<readonly string[]>;

export interface CheckOptions {
  /** Names; every workspace unless given. */
  readonly workspaces?: readonly string[];
  /** Ids; those on the list of each workspace unless given, and `qwen-plus` for a workspace without a list. */
  readonly models?: readonly string[];
  /**
   * Whether the calls of the plan may be made: they are what proves a right, and they cost. Without it no call is made,
   * and what needs one is not checked.
   */
  readonly confirm?: boolean | ((plan: ProofPlan) => boolean | Promise<boolean>);
  /** Regions to try a refused key in. The key is sent to their hosts; to no other host than its own unless given. */
  readonly tryRegions?: readonly (Region | RegionAlias)[];
  /** Finds models for the patterns on lists, and hints where no call is made. */
  readonly listModels?: ListModels;
  /** Ends the check; what is not checked by then is reported so. */
  readonly signal?: AbortSignal;
  /** Of each call; 20 s to connect and 60 s to answer unless given. */
  readonly timeouts?: Timeouts;
  /** Called as soon as each finding is known. */
  readonly onFinding?: (finding: Finding) => void;
}

/** What a check found. */
export interface CheckReport {
  /** By workspace, then by model, each in the order in which they were given. */
  readonly findings: readonly Finding[];
  /** The calls that would prove what nothing else tells, and what they cost. */
  readonly plan: ProofPlan;
  /** Whether the calls were made. */
  readonly confirmed: boolean;
  /** Whether nothing is wrong or unknown. */
  readonly ok: boolean;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item.trim());

/** Not empty: a check of nothing would find nothing wrong. */
const someTexts: Check = {
  what: 'a list of one text or more',
  accepts: (value) => isTexts(value) && value.length > 0,
};

const checks: Partial<Record<keyof CheckOptions, Check>> = {
  workspaces: someTexts,
  models: someTexts,
  tryRegions: { what: 'a list of texts', accepts: isTexts },
  confirm: {
    what: 'true, false or a function that returns one',
    accepts: (value) => typeof value === 'boolean' || typeof value === 'function',
  },
  listModels: aFunction,
  onFinding: aFunction,
};

/** @throws QwireError of kind `configuration` that names the option */
export function checkCheckOptions(options: unknown): void {
  checkMembers(options, [...Object.keys(checks), 'signal', 'timeouts'], { field: '', kind: 'configuration' });
  checkEach(options, checks);
  for (const region of (options.tryRegions ?? []) as readonly string[]) readRegion(region, 'tryRegions');
}
