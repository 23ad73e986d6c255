import { environmentVariable, invalid } from '@qwire/core/adapter-kit';
import { type CallLimit, minuteMs } from '../limits/call-limit.ts';
import { checkSettings } from './check-settings.ts';
import { underName } from './under-name.ts';
import type { WorkspaceSettings } from './workspace-options.ts';

const kind = 'configuration';

/**
 * Workspaces from environment variables. `DASHSCOPE_WORKSPACES` lists their names, divided by commas; each has variables
 * that begin with `DASHSCOPE_WORKSPACE_` and its name in capital letters, with `_` for every other character:
 *
 * - `…_API_KEY`, read anew at each try
 * - `…_REGION`, `…_ID`, `…_BASE_URL`
 * - `…_MODELS`, such as `qwen-plus,qwen3-vl-*`
 * - `…_TAGS`, such as `team=ads,cost-center=4711`
 * - `…_BUDGET`, such as `50 USD per month`
 * - `…_LIMITS`, such as `qwen-plus=60 requests per minute,qwen-*=100000 tokens per minute`
 *
 * The workspace `default` also takes its key from `DASHSCOPE_API_KEY` and its id from `DASHSCOPE_WORKSPACE`; without
 * `DASHSCOPE_WORKSPACES` it is the only one.
 *
 * @throws QwireError of kind `configuration` that names the variable; its value is not quoted.
 */
export function fromEnvironment(): WorkspaceSettings {
  const names = splitList(environmentVariable('DASHSCOPE_WORKSPACES') ?? 'default');
  const prefixes = names.map(toPrefix);
  const twin = names.find((_, index) => prefixes.indexOf(toPrefix(names[index] ?? '')) !== index);
  if (twin !== undefined) {
    throw invalid(
      'DASHSCOPE_WORKSPACES',
      `names two workspaces whose variables begin with ${toPrefix(twin)}`,
      kind,
    );
  }
  if (names.length === 0) throw invalid('DASHSCOPE_WORKSPACES', 'must be names, divided by commas', kind);
  const workspaces = Object.fromEntries(names.map((name) => [name, readWorkspace(name)]));
  const region = environmentVariable('DASHSCOPE_API_REGION');
  const settings = { ...(region !== undefined && { region }), workspaces };
  for (const name of names) {
    const alone = { ...settings, workspaces: { [name]: workspaces[name] } };
    underName(
      () => checkSettings(alone, { member: 'apiKey', what: 'a function', accepts: () => true }),
      (field) => sourceOf(field, name),
    );
  }
  // Each of them was checked.
  return settings as unknown as WorkspaceSettings;
}

/** Members of a workspace, by the end of the variable that holds them and how it is read. */
const variables: Readonly<
  Record<string, readonly [suffix: string, read?: (text: string, variable: string) => unknown]>
> = {
  region: ['REGION'],
  workspaceId: ['ID'],
  baseURL: ['BASE_URL'],
  models: ['MODELS', splitList],
  tags: ['TAGS', toTags],
  budget: ['BUDGET', toBudget],
  limits: ['LIMITS', toLimits],
};

function readWorkspace(name: string): Readonly<Record<string, unknown>> {
  const isDefault = name === 'default';
  const keys = [`${toPrefix(name)}_API_KEY`, ...(isDefault ? ['DASHSCOPE_API_KEY'] : [])];
  const members = Object.entries(variables).flatMap(([member, [suffix, read = (text: string) => text]]) => {
    const variable = variableOf(name, suffix);
    const text = environmentVariable(variable) ?? (member === 'models' ? emptyText(variable) : undefined);
    return text === undefined ? [] : [[member, read(text, variable)] as const];
  });
  return {
    apiKeyFrom: keys.join(' or '),
    apiKey: () => keys.map(environmentVariable).find((key) => key !== undefined),
    ...Object.fromEntries(members),
  };
}

/** The name of the variable; the id of the workspace `default` may come from a shorter one. */
function variableOf(name: string, suffix: string): string {
  const variable = `${toPrefix(name)}_${suffix}`;
  const isShort = name === 'default' && suffix === 'ID' && environmentVariable(variable) === undefined;
  return isShort ? 'DASHSCOPE_WORKSPACE' : variable;
}

/** Empty variables count as not set, but an empty list of models must not allow every model. */
function emptyText(variable: string): '' | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return process?.env?.[variable] === undefined ? undefined : '';
}

/** The variable that a field was read from, and where in it. */
function sourceOf(field: string, name: string): readonly [variable: string, inside?: string | undefined] {
  if (field === 'region') return ['DASHSCOPE_API_REGION'];
  const place = field.slice(`workspaces.${name}`.length);
  const [, member = '', inside] = /^\.(\w+)\.?(.*)$/.exec(place) ?? [];
  const [suffix] = variables[member] ?? [];
  return suffix === undefined ? ['DASHSCOPE_WORKSPACES'] : [variableOf(name, suffix), inside];
}

/** What the variables of a workspace begin with. */
function toPrefix(name: string): string {
  return `DASHSCOPE_WORKSPACE_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

function toTags(text: string, variable: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    splitList(text).map((pair) => {
      const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (!name) throw invalid(variable, 'must be pairs such as "team=ads,cost-center=4711"', kind);
      return [name.trim(), value.trim()];
    }),
  );
}

function toBudget(text: string, variable: string) {
  const [, amount, currency, per] = /^([\d.]+) +([A-Za-z]{3}) +per +(\w+)$/.exec(text) ?? [];
  if (!amount || !currency || !per) throw invalid(variable, 'must be such as "50 USD per month"', kind);
  return { amount, currency: currency.toUpperCase(), per };
}

function toLimits(text: string, variable: string): readonly CallLimit[] {
  return splitList(text).map((item) => {
    const [, models, amount, unit, per] =
      /^([^=\s]+) *= *(\d+) +(requests|tokens) +per +(second|minute)$/.exec(item) ?? [];
    if (!models) {
      throw invalid(
        variable,
        'must be such as "qwen-plus=60 requests per minute,qwen-*=100000 tokens per minute"',
        kind,
      );
    }
    const most = unit === 'tokens' ? { tokens: Number(amount) } : { requests: Number(amount) };
    return { models, ...most, windowMs: per === 'second' ? 1_000 : minuteMs };
  });
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
