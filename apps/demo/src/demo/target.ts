import type { WorkspaceClients } from '../server/console-options.ts';

/** Whom the demo talks to. */
export interface Target {
  /** In words. */
  readonly service: string;
  /** The first is the one that replies are printed from. */
  readonly workspaces: readonly [WorkspaceClients, ...WorkspaceClients[]];
  close(): Promise<void>;
}
