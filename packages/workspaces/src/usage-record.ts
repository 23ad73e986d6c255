import type { ErrorKind, Usage } from '@qwire/core';
import type { Unpriced } from './cost/unpriced.ts';
import type { Money } from './money.ts';

/** What one call used, and what it cost. Every call writes one, however it ended. */
export interface UsageRecord {
  /** Unique: the service's request id, or one of our own where the service gave none. */
  readonly id: string;
  /** When the call began: ISO 8601, UTC. */
  readonly at: string;
  /** The name that the caller gave the workspace. */
  readonly workspace: string;
  /** The service's id of it, where it is known. */
  readonly workspaceId?: string;
  /** Region id, where it is known; prices depend on it. */
  readonly region?: string;
  readonly model: string;
  /** The wire format's name. */
  readonly wire: string;
  readonly operation: 'chat' | 'stream' | 'embed';
  readonly outcome: 'completed' | 'failed' | 'cancelled';
  readonly requestId?: string;
  readonly error?: { readonly kind: ErrorKind; readonly code?: string; readonly status?: number };
  /** As reported; a cancelled stream may have reported some. What was not reported is `undefined`, never 0. */
  readonly usage: Usage;
  /** Whether the call was asked to think, which some prices depend on; `undefined`: left to the model. */
  readonly thinking?: boolean;
  /** `undefined` when it cannot be told: the model has no price, or its tokens were not reported. Never 0 for unknown. */
  readonly cost?: Money;
  /**
   * Why there is no cost. `incomplete`: the call was left, aborted or broken off after it was sent, so the service may
   * charge for more than it reported; what `usage` has then is the least that it can be.
   */
  readonly unpriced?: Unpriced['unpriced'] | 'incomplete';
  /** The price table's date, where a price was applied. */
  readonly priceTable?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** From sending to the last byte, in milliseconds. */
  readonly durationMs: number;
}
