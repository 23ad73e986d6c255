import type { CallOptions, Timeouts } from '../client.ts';
import type { WireFormat } from '../wire-format.ts';
import type { HeldOptions } from './keys.ts';

/** Everything that one call needs to know, resolved from the client's options and the call's. */
export interface Setup {
  readonly wire: WireFormat;
  readonly client: HeldOptions;
  readonly call: CallOptions;
  /** As many as suit the failure when it was not given. */
  readonly maxRetries: number | undefined;
  readonly timeouts: Required<Timeouts>;
}

const defaultTimeouts = {
  connectMs: 60_000,
  firstEventMs: 300_000,
  idleMs: 120_000,
  totalMs: Number.POSITIVE_INFINITY,
};

export function createSetup(wire: WireFormat, client: HeldOptions, call: CallOptions): Setup {
  return {
    wire,
    client,
    call,
    maxRetries: call.maxRetries ?? client.maxRetries,
    timeouts: { ...defaultTimeouts, ...given(client.timeouts), ...given(call.timeouts) },
  };
}

/** Without members that are there and undefined, which would hide the defaults. */
function given(timeouts: Timeouts = {}): Timeouts {
  return Object.fromEntries(Object.entries(timeouts).filter(([, value]) => value !== undefined));
}
