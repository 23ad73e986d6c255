import { regionId } from './authorize.ts';
import type { ResolvedConfig } from './config.ts';
import { type KnownModel, matchesModel } from './models.ts';
import { documented } from './refusal.ts';

/** The model of exactly that name, if the region offers it. */
export function findModel(
  id: string,
  { models, config }: { readonly models: ReadonlyMap<string, KnownModel>; readonly config: ResolvedConfig },
): KnownModel | undefined {
  const model = models.get(id);
  const offered = model?.regions?.some((name) => regionId(name) === regionId(config.region)) ?? true;
  return offered ? model : undefined;
}

type ConfiguredWorkspace = ResolvedConfig['workspaces'][number];

/** A custom model needs a key of its own workspace and no grant; every other one needs the grant. */
export function isGranted({ id, owner }: KnownModel, workspace: ConfiguredWorkspace): boolean {
  return owner === undefined ? matchesModel(workspace.models, id) : owner === workspace.id;
}

/** @throws Refusal 403 */
export function checkGrant(model: KnownModel, workspace: ConfiguredWorkspace): void {
  if (!isGranted(model, workspace)) throw documented('model-access-denied', { model: model.id });
}
