import type { Region } from '@qwire/core';
import { checkMembers, invalid, regions, toRegion } from '@qwire/core/adapter-kit';
import { type Budget, checkBudget } from '../budget/budget.ts';
import { checkLimits } from '../limits/call-limit.ts';
import { underName } from './under-name.ts';
import type { WorkspaceOptions, WorkspaceSettings } from './workspace-options.ts';

/** What a member must be, in words and as a test. */
export interface Check {
  readonly what: string;
  readonly accepts: (value: unknown) => boolean;
}

export const aFunction: Check = { what: 'a function', accepts: (value) => typeof value === 'function' };

const kind = 'configuration';
const regionNames = Object.entries(regions)
  .map(([id, { alias }]) => `${alias} (${id})`)
  .join(', ');

const region: Check = {
  what: `a region: ${regionNames}`,
  accepts: (value) => typeof value === 'string' && toRegion(value) !== undefined,
};

/** Members that code, files and the environment share; keys are given in a way of their own in each. */
const checks = {
  apiKeyFrom: { what: 'text that is not empty', accepts: isText },
  region,
  workspaceId: {
    // A key in the wrong place would go out as the name of a host.
    what: 'letters, digits, "-" and "_", such as "llm-abc123", no key; or null, to name none',
    accepts: (value) =>
      value === null || (typeof value === 'string' && /^(?!sk-|st-)[A-Za-z0-9_-]+$/.test(value)),
  },
  workspaceIn: { what: '"host" or "header"', accepts: (value) => value === 'host' || value === 'header' },
  baseURL: matching(
    /^https?:\/\/[^/\s@?#]+(\/[^\s?#]*)?$/i,
    'an address such as "https://gateway.example/v1"',
  ),
  models: {
    what: 'a list of model ids, in which * stands for any characters; leave it out to allow every model',
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every((item) => isText(item)),
  },
  tags: {
    what: 'an object of texts that are not empty',
    accepts: (value) => isObject(value) && Object.values(value).every((item) => isText(item)),
  },
} satisfies Partial<Record<keyof WorkspaceOptions, Check>>;

/**
 * Throws for the first thing that is wrong, and never quotes it: it may be a key in the wrong place.
 *
 * @param key the member that says where the key comes from, and what it must be
 * @throws QwireError of kind `configuration`
 */
export function checkSettings(
  value: Readonly<Record<string, unknown>>,
  key: Check & { readonly member: string },
): asserts value is WorkspaceSettings & Readonly<Record<string, unknown>> {
  if (value.region !== undefined && !region.accepts(value.region)) {
    throw invalid('region', `must be ${region.what}`, kind);
  }
  const { workspaces } = value;
  if (!isObject(workspaces) || Object.keys(workspaces).length === 0) {
    throw invalid('workspaces', 'must be an object with one workspace or more, by their names', kind);
  }
  for (const [name, workspace] of Object.entries(workspaces)) {
    const field = `workspaces.${name}`;
    if (!workspaceName.test(name)) {
      throw invalid(
        field,
        'a name has letters, digits, ".", "_", "-" and spaces, and begins with no sign',
        kind,
      );
    }
    checkWorkspace(workspace, field, key);
  }
}

/** Names that can be read aloud, and printed anywhere. */
const workspaceName = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u;

function checkWorkspace(value: unknown, field: string, key: Check & { readonly member: string }): void {
  checkMembers(value, [...new Set([key.member, ...Object.keys(checks), 'budget', 'limits'])], {
    field,
    kind,
  });
  checkEach({ [key.member]: value[key.member] ?? null }, { [key.member]: key }, field);
  checkEach(value, checks, field);
  if (value.budget !== undefined) checkBudgetAt(`${field}.budget`, value.budget);
  if (value.limits !== undefined) checkLimits(value.limits, `${field}.limits`);
}

/** The budget's own check, under the name of its place. */
function checkBudgetAt(field: string, budget: unknown): void {
  underName(
    () => checkBudget(budget as Budget),
    (name) => {
      const member = name.replace(/^budget\.?/, '');
      return [member ? `${field}.${member}` : field];
    },
  );
}

/** @throws QwireError of kind `configuration` for the first member that is given and wrong */
export function checkEach(
  value: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, Check>>,
  field = '',
): void {
  for (const [name, { what, accepts }] of Object.entries(members)) {
    const member = value[name];
    if (member === undefined || accepts(member)) continue;
    throw invalid(field ? `${field}.${name}` : name, `must be ${what}`, kind);
  }
}

/** The region's id. @throws QwireError of kind `configuration` */
export function readRegion(name: string, field: string): Region {
  const id = toRegion(name);
  if (id === undefined) throw invalid(field, `must be ${region.what}`, kind);
  return id;
}

function matching(expression: RegExp, what: string): Check {
  return { what, accepts: (value) => typeof value === 'string' && expression.test(value) };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
