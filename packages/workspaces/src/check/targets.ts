import { matchesModel } from '../cost/matches-model.ts';
import type { NamedWorkspace } from '../registry/workspace-options.ts';
import { proofOf } from './prove.ts';

/** The model that a workspace without a list is checked with; the one in the service's own samples. */
const sampleModel = 'qwen-plus';

/** A model to check. */
export interface Target {
  /** Its id; a pattern of the list where nothing says which models it stands for. */
  readonly model: string;
  /** Why no call can prove it. */
  readonly problem?: string;
}

/** What to check of a workspace: what was asked for, else what is on its list, patterns by the service's listing. */
export function targetsOf(
  { models: list = [sampleModel] }: Pick<NamedWorkspace, 'models'>,
  {
    models,
    listed,
  }: { readonly models: readonly string[] | undefined; readonly listed: readonly string[] | undefined },
): readonly Target[] {
  if (models) return unique(models).map(toTarget);
  const named = list.filter((entry) => !entry.includes('*'));
  const patterns = list.filter((entry) => entry.includes('*'));
  const found = patterns.map((pattern) => ({
    pattern,
    ids: (listed ?? []).filter((id) => matchesModel(pattern, id)),
  }));
  const unresolved = found
    .filter(({ ids }) => ids.length === 0)
    .map(({ pattern }) => unnamed(pattern, listed));
  return [...unique([...named, ...found.flatMap(({ ids }) => ids)]).map(toTarget), ...unresolved];
}

function toTarget(model: string): Target {
  if (proofOf(model)) return { model };
  return { model, problem: 'A model of this kind has no call that costs next to nothing, so none is made.' };
}

function unnamed(pattern: string, listed: readonly string[] | undefined): Target {
  const why = listed
    ? 'The service lists no model for this key that the pattern fits'
    : 'Nothing says which models the pattern stands for';
  return { model: pattern, problem: `${why}; name one to check.` };
}

function unique(models: readonly string[]): readonly string[] {
  return [...new Set(models)];
}
