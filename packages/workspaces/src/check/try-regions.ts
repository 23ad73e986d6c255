import { type Region, regions } from '@qwire/core';
import { clientOptions, type WithLedger } from '../registry/client-options.ts';
import type { RegisteredWorkspace } from '../registry/workspace-options.ts';
import type { CheckOptions } from './check-options.ts';
import { callOptions, prove } from './prove.ts';
import { verdictOf } from './verdict-of.ts';
import { verdicts } from './verdicts.ts';

/** Where a refused key is known. */
export interface Tried {
  readonly known: Region | undefined;
  /** Regions that answered, and do not know it. */
  readonly unknownIn: readonly Region[];
  /** Regions that gave no answer about it. */
  readonly unclearIn: readonly Region[];
}

/**
 * Sends the key to the regions one after the other, until one knows it. Only regions that the caller named are asked,
 * because the key must reach no other host.
 */
export async function tryRegions(
  { workspace, given }: RegisteredWorkspace,
  model: string,
  {
    regions: named,
    options,
    registry,
  }: {
    readonly regions: readonly Region[];
    readonly options: CheckOptions;
    readonly registry: WithLedger;
  },
): Promise<Tried> {
  const unknownIn: Region[] = [];
  const unclearIn: Region[] = [];
  for (const region of named) {
    if (region === workspace.region || options.signal?.aborted) continue;
    const client = registry.wire(clientOptions(inRegion(region, { workspace, given }), registry));
    const error = await prove(client, model, callOptions(options));
    const verdict = error ? verdictOf(error) : 'ok';
    if (verdicts[verdict].keyIsKnown) return { known: region, unknownIn, unclearIn };
    (verdict === 'key-refused' ? unknownIn : unclearIn).push(region);
  }
  return { known: undefined, unknownIn, unclearIn };
}

/** The workspace as if it were there. Its id is used only where there is no address without one. */
function inRegion(region: Region, { workspace, given }: RegisteredWorkspace): RegisteredWorkspace {
  const { baseURL: _, workspaceIn: __, workspaceId, ...rest } = given;
  const id = regions[region].sharedHost === undefined && workspaceId !== undefined ? { workspaceId } : {};
  return { workspace: { ...workspace, region }, given: { ...rest, ...id, region } };
}
