import type { Client } from '@qwire/core';
import { checkMembers, invalid, QwireError } from '@qwire/core/adapter-kit';
import { matchesModel } from '../cost/matches-model.ts';
import type { NamedWorkspace } from './workspace-options.ts';

/** What is looked for: who may call the model, and has these tags. */
export interface RouteQuery {
  readonly model: string;
  /** A workspace must have all of them; it may have more. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Route<C extends Client = Client> {
  /** The workspace's name. */
  readonly name: string;
  readonly client: C;
}

/**
 * The one workspace for a call. Of those that have all the tags and may call the model, a list that names the model
 * wins over a pattern that fits it, and a pattern over having no list. Two that are equal in this are not chosen between.
 *
 * @throws QwireError of kind `permission-denied` when none may call the model, `configuration` when no workspace has the
 * tags or several are equal.
 */
export function findRoute(query: RouteQuery, workspaces: readonly NamedWorkspace[]): NamedWorkspace {
  checkQuery(query);
  const { model, tags = {} } = query;
  const tagged = workspaces.filter((workspace) => hasTags(workspace, tags));
  if (tagged.length === 0) {
    throw new QwireError(`No workspace has the tags ${showTags(tags)}`, {
      kind: 'configuration',
      field: 'tags',
      hint: `Tags that there are: ${[...new Set(workspaces.map((each) => showTags(each.tags)))].join('; ')}.`,
    });
  }
  const ranked = tagged.map((workspace) => ({ workspace, rank: rankOf(workspace, model) }));
  const best = Math.max(...ranked.map(({ rank }) => rank));
  const found = ranked.filter(({ rank }) => rank === best && rank > 0).map(({ workspace }) => workspace);
  const [first] = found;
  if (!first) throw nobodyMay(model, tagged);
  if (found.length > 1) throw ambiguous(model, found);
  return first;
}

function checkQuery(query: unknown): asserts query is RouteQuery {
  checkMembers(query, ['model', 'tags'], { field: '', kind: 'configuration' });
  if (typeof query.model !== 'string' || query.model === '')
    throw invalid('model', 'must be the id of a model', 'configuration');
  if (query.tags !== undefined && (typeof query.tags !== 'object' || query.tags === null))
    throw invalid('tags', 'must be an object of texts', 'configuration');
}

function hasTags({ tags }: NamedWorkspace, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => tags[name] === value);
}

/** How exactly the workspace allows the model: by its name, by a pattern, by having no list; 0 when it does not. */
function rankOf({ models }: NamedWorkspace, model: string): 0 | 1 | 2 | 3 {
  if (models === undefined) return 1;
  const fitting = models.filter((pattern) => matchesModel(pattern, model));
  if (fitting.length === 0) return 0;
  return fitting.some((pattern) => !pattern.includes('*')) ? 3 : 2;
}

function nobodyMay(model: string, tagged: readonly NamedWorkspace[]): QwireError {
  const names = tagged.map(({ name }) => `"${name}"`).join(', ');
  return new QwireError(`No workspace may call "${model}"; these were asked: ${names}`, {
    kind: 'permission-denied',
    field: 'model',
    hint: 'Whoever keeps this configuration can add the model to the list of one of them.',
  });
}

function ambiguous(model: string, found: readonly NamedWorkspace[]): QwireError {
  const each = found.map(({ name, tags }) => `"${name}" (${showTags(tags)})`).join(', ');
  return new QwireError(`Several workspaces may call "${model}": ${each}`, {
    kind: 'configuration',
    field: 'tags',
    hint: 'Give tags that only one of them has, name the model in the list of one alone, or use workspace(name).',
  });
}

function showTags(tags: Readonly<Record<string, string>>): string {
  const each = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  return each.length > 0 ? each.join(', ') : 'no tags';
}
