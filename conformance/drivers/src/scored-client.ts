import type { CaseCall, ClientDriver, Outcome, OutcomeError } from '@qwire/conformance';
import type { Capabilities, CapabilityKey, ChatResponse, ErrorKind, Usage } from '@qwire/core';
import { capabilityKeys } from '@qwire/core';

/** What a caller sees of a finished answer. */
export type Seen = NonNullable<Outcome['response']>;

/** What a client's errors say by themselves, in members that a program can read. */
export interface ErrorExposure {
  /** Kinds that its error classes tell apart, other than by restating the HTTP status. */
  readonly kinds: readonly ErrorKind[];
  readonly members: readonly (keyof OutcomeError)[];
}

/** What a caller of a client can see; a case is compared in these members only. */
export interface Exposure {
  readonly response: readonly (keyof ChatResponse)[];
  readonly usage: readonly (keyof Usage)[];
  readonly toolCalls: readonly ('id' | 'name' | 'arguments' | 'input')[];
  /** Whether it has finish reasons of its own, or hands on the service's words. */
  readonly finishReasons: 'own' | 'as-sent';
  readonly errors: {
    /** Of a reply whose HTTP status says that the call failed. */
    readonly ofStatus: ErrorExposure;
    /** Of everything else: inside a stream, of the network, of a reply that is none. */
    readonly others: ErrorExposure;
  };
}

/** A client in the scoreboard. */
export interface ScoredClient {
  readonly driver: ClientDriver;
  /** The column's head; short. */
  readonly label: string;
  readonly exposes: Exposure;
  /** Why this call cannot be said to this client; `undefined` when it can. */
  readonly cannotSay: (call: CaseCall) => string | undefined;
}

/** Every capability: those named are missing, with the reason; the others are there. */
export function capabilitiesExcept(missing: Partial<Record<CapabilityKey, string>>): Capabilities {
  return Object.fromEntries(
    capabilityKeys.map((key) => {
      const because = missing[key];
      return [key, because === undefined ? true : { supported: false, because }];
    }),
  ) as unknown as Capabilities;
}
