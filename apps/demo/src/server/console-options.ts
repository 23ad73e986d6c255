import type { Client } from '@qwire/core';

/** A workspace that the console can call, with one client for each wire. */
export interface WorkspaceClients {
  /** Unique among the workspaces. */
  readonly name: string;
  /** The workspace's id, such as `llm-…`, where it is known. */
  readonly id?: string | undefined;
  /**
   * Models that the workspace was granted, in which `*` stands for any characters. Not known unless given: the page
   * then marks no model.
   */
  readonly granted?: readonly string[] | undefined;
  /** One for each wire. All workspaces have the same wires. */
  readonly clients: readonly Client[];
}

/** A model that the page offers in every workspace. */
export interface OfferedModel {
  readonly id: string;
  /** Whether it looks at pictures. */
  readonly images?: boolean;
}

export interface ConsoleOptions {
  /** At least one; the page starts with the first. */
  readonly workspaces: readonly WorkspaceClients[];
  /** Who answers, in words, for the page to show. */
  readonly service: string;
  /** The console's own list unless given. Any other model can be typed in on the page. */
  readonly models?: readonly OfferedModel[];
  /** Host names that requests may be addressed to, beside this machine's own. */
  readonly allowedHosts?: readonly string[];
  /** Receives what went wrong inside the console itself; printed unless given. */
  readonly onFailure?: (error: unknown) => void;
}
