import type { Interceptor } from '@qwire/core';
import { QwireError } from '@qwire/core/adapter-kit';
import { matchesModel } from '../cost/matches-model.ts';
import type { NamedWorkspace } from './workspace-options.ts';

const longestList = 8;

/** Whether the workspace may call the model, by its own list. */
export function mayCall({ models }: Pick<NamedWorkspace, 'models'>, model: string): boolean {
  return models === undefined || matchesModel(models, model);
}

/**
 * Refuses models that are not on the workspace's list, before the network.
 *
 * The kind is `permission-denied`, because what is asked of the caller is the same as when the service refuses a model
 * that was not granted: take another model or another workspace. No option is wrong, which `configuration` would say.
 * Without a status and a code, the refusal is this list's and not the service's.
 */
export function guardModels(workspace: NamedWorkspace): Interceptor {
  return (next) => async (call) => {
    const { model } = call.request;
    if (mayCall(workspace, model)) return next(call);
    throw notOnList(workspace, model);
  };
}

/** What the caller of a model that is not on the list is told. */
export function notOnList({ name, models = [] }: NamedWorkspace, model: string): QwireError {
  const shown = models.slice(0, longestList).join(', ');
  const more = models.length > longestList ? ` and ${models.length - longestList} more` : '';
  return new QwireError(`"${model}" is not on the list of workspace "${name}": ${shown}${more}`, {
    kind: 'permission-denied',
    workspace: name,
    hint: `Whoever keeps this configuration can add it to workspaces.${name}.models. At the service, a super administrator must have granted it to the workspace.`,
  });
}
