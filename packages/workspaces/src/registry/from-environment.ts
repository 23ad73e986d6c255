import { environmentVariable, invalid } from '@qwire/core/adapter-kit';
import { type CallLimit, minuteMs } from '../limits/call-limit.ts';
import { checkSettings } from './check-settings.ts';
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
  const workspaces = Object.fromEntries(names.map((name) => [name, readWorkspace(name)]));
  const region = environmentVariable('DASHSCOPE_API_REGION');
  const settings = { ...(region !== undefined && { region }), workspaces };
  checkSettings(settings, { member: 'apiKey', what: 'a function', accepts: () => true });
  return settings;
}

function readWorkspace(name: string): Readonly<Record<string, unknown>> {
  const read = (suffix: string) => environmentVariable(`${toPrefix(name)}_${suffix}`);
  const isDefault = name === 'default';
  const members = {
    region: read('REGION'),
    workspaceId: read('ID') ?? (isDefault ? environmentVariable('DASHSCOPE_WORKSPACE') : undefined),
    baseURL: read('BASE_URL'),
    models: mapped(read('MODELS'), splitList),
    tags: mapped(read('TAGS'), (text) => toTags(text, `${toPrefix(name)}_TAGS`)),
    budget: mapped(read('BUDGET'), (text) => toBudget(text, `${toPrefix(name)}_BUDGET`)),
    limits: mapped(read('LIMITS'), (text) => toLimits(text, `${toPrefix(name)}_LIMITS`)),
  };
  const variables = [`${toPrefix(name)}_API_KEY`, ...(isDefault ? ['DASHSCOPE_API_KEY'] : [])];
  return {
    apiKeyFrom: variables.join(' or '),
    apiKey: () => read('API_KEY') ?? (isDefault ? environmentVariable('DASHSCOPE_API_KEY') : undefined),
    ...Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)),
  };
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

function mapped<T>(text: string | undefined, map: (text: string) => T): T | undefined {
  return text === undefined ? undefined : map(text);
}
