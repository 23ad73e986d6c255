import { checkMembers, invalid } from '@qwire/core/adapter-kit';
import type { SharedLimiter } from './shared-counter.ts';
import { longestTimerMs } from './sleep.ts';

/**
 * What one workspace may send to each of these models. Where several fit a model, all of them hold: the service slices
 * requests and tokens into windows of different lengths.
 */
export interface CallLimit {
  /** Ids of models, `*` standing for any characters. Each model that fits has the limit to itself. */
  readonly models: string | readonly string[];
  /** So many in a window of this process; or a limiter whose engine other processes share. */
  readonly requests?: number | SharedLimiter;
  /** Input and output together; as with `requests`. */
  readonly tokens?: number | SharedLimiter;
  /** Of the numbers: within any span of so many milliseconds; a minute unless given. A shared limiter has its own. */
  readonly windowMs?: number;
}

export const minuteMs = 60_000;

const members = ['models', 'requests', 'tokens', 'windowMs'];

/** @throws QwireError of kind `configuration` that names the member that is wrong. */
export function checkLimits(limits: unknown, field = 'limits'): asserts limits is readonly CallLimit[] {
  if (!Array.isArray(limits)) throw invalid(field, 'must be a list', 'configuration');
  for (const [index, limit] of limits.entries()) checkLimit(limit, `${field}[${index}]`);
}

function checkLimit(limit: unknown, field: string): void {
  checkMembers(limit, members, { field, kind: 'configuration' });
  const { models, requests, tokens, windowMs } = limit;
  const problems: readonly [member: string, holds: boolean, problem: string][] = [
    ['models', isModels(models), 'a model id such as "qwen-*", or a list of them'],
    ['requests', requests === undefined || isAmount(requests), amount],
    ['tokens', tokens === undefined || isAmount(tokens), amount],
    ['requests', requests !== undefined || tokens !== undefined, 'given unless tokens is'],
    ['windowMs', windowMs === undefined || isWindow(windowMs), 'a number of milliseconds above 0'],
    [
      'windowMs',
      windowMs === undefined || typeof requests === 'number' || typeof tokens === 'number',
      'left out here: a shared limiter has its own duration',
    ],
  ];
  for (const [member, holds, problem] of problems) {
    if (!holds) throw invalid(`${field}.${member}`, `must be ${problem}`, 'configuration');
  }
}

const amount = 'a whole number above 0, or a limiter such as those of rate-limiter-flexible';

function isModels(value: unknown): boolean {
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((item) => typeof item === 'string' && item.trim() !== '');
}

function isAmount(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0;
  return (
    typeof value === 'object' && value !== null && 'consume' in value && typeof value.consume === 'function'
  );
}

function isWindow(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= longestTimerMs;
}
