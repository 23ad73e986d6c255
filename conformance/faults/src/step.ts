/** What a server does next, on the connection that a request came by. Text and bytes are written at once. */
export type Step = string | Uint8Array | Act | Forever | Drip | Pause;

/**
 * `reset` and `end` close the connection, by RST or FIN; `stall` says nothing more and leaves it open; `cancel` makes
 * the caller abort the call.
 */
export interface Act {
  readonly act: 'reset' | 'end' | 'stall' | 'cancel';
}

/** The same over and over, as fast as the other side takes it. */
export interface Forever {
  readonly forever: string | Uint8Array;
  /** Between two; as fast as it goes unless given. */
  readonly everyMs?: number;
}

/** A byte at a time. */
export interface Drip {
  readonly drip: string;
  readonly everyMs: number;
}

export interface Pause {
  readonly pauseMs: number;
}

export const reset: Act = { act: 'reset' };
export const end: Act = { act: 'end' };
export const stall: Act = { act: 'stall' };
export const cancel: Act = { act: 'cancel' };
