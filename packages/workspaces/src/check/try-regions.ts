import type { Region } from '@qwire/core';
import { QwireError, regions } from '@qwire/core/adapter-kit';
import { clientOptions, type WithLedger } from '../registry/client-options.ts';
import type { RegisteredWorkspace, WorkspaceOptions } from '../registry/workspace-options.ts';
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
    const error = await proveIn(region);
    const verdict = error ? verdictOf(error) : 'ok';
    if (verdicts[verdict].keyIsKnown) return { known: region, unknownIn, unclearIn };
    (verdict === 'key-refused' ? unknownIn : unclearIn).push(region);
  }
  return { known: undefined, unknownIn, unclearIn };

  async function proveIn(region: Region): Promise<QwireError | undefined> {
    try {
      const client = registry.wire(clientOptions(inRegion(region, { workspace, given }), registry));
      return await prove(client, model, callOptions(options));
    } catch (error) {
      // The environment may forbid a client there; then nothing is told about that region.
      if (QwireError.is(error)) return error;
      throw error;
    }
  }
}

/** The workspace as if it were there. Its id is used only where there is no address without one. */
function inRegion(region: Region, { workspace, given }: RegisteredWorkspace): RegisteredWorkspace {
  const place =
    regions[region].sharedHost === undefined && given.workspaceId !== undefined
      ? { region, workspaceId: given.workspaceId }
      : { region };
  return {
    workspace: { ...withoutAddress(workspace), ...place },
    given: { ...withoutAddress(given), ...place },
  };
}

function withoutAddress<T extends Pick<WorkspaceOptions, 'baseURL' | 'workspaceId' | 'workspaceIn'>>(
  value: T,
) {
  const { baseURL: _, workspaceId: __, workspaceIn: ___, ...rest } = value;
  return rest;
}
