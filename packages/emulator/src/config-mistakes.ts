import type { ResolvedConfig } from './config.ts';
import type { ConfigIssue } from './config-error.ts';
import { matchesModel, mergeModels } from './models.ts';
import { parsePattern } from './pattern.ts';
import { suggest } from './suggest.ts';

/** What a schema cannot see: fields that contradict each other, and names of things that are not there. */
export function findConfigMistakes(config: ResolvedConfig): ConfigIssue[] {
  const models = [...mergeModels(config.models).keys()];
  return [
    ...findRepeats(config),
    ...config.workspaces.flatMap(({ models: granted, limits = [] }, index) => [
      ...unknownModels(granted, models, `workspaces[${index}].models`),
      ...limits.flatMap((limit, position) =>
        unknownModels(limit.models, models, `workspaces[${index}].limits[${position}].models`),
      ),
    ]),
    ...config.models.flatMap(({ owner }, index) => unknownWorkspace(owner, config, `models[${index}].owner`)),
    ...findReplyMistakes(config.replies, config),
  ];
}

/** The same for rules alone. */
export function findReplyMistakes(replies: ResolvedConfig['replies'], config: ResolvedConfig): ConfigIssue[] {
  const models = [...mergeModels(config.models).keys()];
  return replies.flatMap(({ when, model, workspace, text, chunks, choices, usage }, index) => {
    const path = `replies[${index}]`;
    return [
      ...(model === undefined ? [] : unknownModel(model, models, `${path}.model`)),
      ...unknownWorkspace(workspace, config, `${path}.workspace`),
      ...badPattern(when, `${path}.when`),
      ...(text !== undefined && chunks !== undefined && chunks.join('') !== text
        ? [{ path: `${path}.chunks`, message: 'together they are not "text"; leave "text" out' }]
        : []),
      ...(choices !== undefined && (text ?? chunks) !== undefined
        ? [{ path: `${path}.choices`, message: 'stands in place of "text" and "chunks"; leave them out' }]
        : []),
      ...wrongCacheCreation(usage, `${path}.usage`),
    ];
  });
}

function wrongCacheCreation(usage: ResolvedConfig['replies'][number]['usage'], path: string): ConfigIssue[] {
  const {
    cacheCreationInputTokens: all,
    cacheCreation5mInputTokens: minutes,
    cacheCreation1hInputTokens: hour,
  } = usage ?? {};
  const sum = (minutes ?? 0) + (hour ?? 0);
  const agrees = minutes === undefined ? sum <= (all ?? sum) : sum === (all ?? sum);
  if (agrees) return [];
  return [
    {
      path: `${path}.cacheCreationInputTokens`,
      message: `is not ${sum}, what its parts add up to; leave it out`,
    },
  ];
}

function findRepeats({ workspaces }: ResolvedConfig): ConfigIssue[] {
  const seen = new Map<string, string>();
  const issues: ConfigIssue[] = [];
  const claim = (kind: string, value: string, path: string) => {
    const first = seen.get(`${kind} ${value}`);
    if (first === undefined) seen.set(`${kind} ${value}`, path);
    else
      issues.push({ path, message: `"${value}" is already ${first}; each ${kind} belongs to one workspace` });
  };
  workspaces.forEach(({ id, name, apiKeys }, index) => {
    claim('id', id, `workspaces[${index}].id`);
    if (name !== undefined) claim('name', name, `workspaces[${index}].name`);
    apiKeys.forEach((key, position) => {
      claim('key', key, `workspaces[${index}].apiKeys[${position}]`);
    });
  });
  return issues;
}

function unknownModels(
  patterns: '*' | readonly string[],
  models: readonly string[],
  path: string,
): ConfigIssue[] {
  if (patterns === '*') return [];
  return patterns.flatMap((pattern, index) => unknownModel(pattern, models, `${path}[${index}]`));
}

function unknownModel(pattern: string, models: readonly string[], path: string): ConfigIssue[] {
  if (models.some((model) => matchesModel([pattern], model))) return [];
  const advice = suggest(pattern, models, 'add it under "models" if it is your own');
  return [{ path, message: `"${pattern}" matches no known model; ${advice}` }];
}

function unknownWorkspace(name: string | undefined, config: ResolvedConfig, path: string): ConfigIssue[] {
  const known = config.workspaces.flatMap((workspace) => [workspace.name ?? workspace.id, workspace.id]);
  if (name === undefined || known.includes(name)) return [];
  return [{ path, message: `there is no workspace "${name}"; ${suggest(name, [...new Set(known)])}` }];
}

function badPattern(when: string | undefined, path: string): ConfigIssue[] {
  if (when === undefined) return [];
  try {
    parsePattern(when);
    return [];
  } catch (error) {
    return [{ path, message: error instanceof Error ? error.message : String(error) }];
  }
}
