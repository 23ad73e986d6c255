import type { ErrorKind, TimeoutLimit, Timeouts } from '@qwire/core';
import type { GoodReply } from './good-reply.ts';
import type { Step } from './step.ts';
import type { Method, Wire } from './wire.ts';

export const phases = [
  'connecting',
  'before the headers',
  'after the headers',
  'slowly',
  'what is no reply',
  'without end',
  'odd, but whole',
  'cancelled by the caller',
] as const;
export type Phase = (typeof phases)[number];

/** What a call must come to. */
export interface Expected {
  /** `ok` for a whole reply, and for a stream that its reader left. */
  readonly kind: ErrorKind | 'ok';
  /** Which time limit ended it; of kind `timeout`. */
  readonly timeout?: TimeoutLimit;
  readonly retryable?: boolean;
  readonly status?: number;
  /** What was handed out, before the error too: the whole answer for `ok`, nothing for errors, unless given; `any` where time decides. */
  readonly text?: string;
  /** What it may come to as well, where platforms differ. */
  readonly or?: Expected;
}

/** One row of the matrix. */
export interface Fault {
  readonly id: string;
  /** What happens, in at most 32 characters. */
  readonly title: string;
  readonly phase: Phase;
  /** What stands at the address; a server in the clear unless given. */
  readonly address?: 'closed-port' | 'unknown-host' | 'self-signed' | 'no-tls';
  /** What the server answers to another call first, whose connection may then serve this one. */
  readonly before?: (good: GoodReply) => readonly Step[];
  /** What the server does once it has the request; `at-once` when it does not wait for one. */
  readonly steps?: (good: GoodReply) => readonly Step[];
  readonly speaks?: 'at-once';
  /** The limits that the call must keep; those not given are out of reach. */
  readonly timeouts?: Timeouts;
  /** When the caller gives up; besides by a step of the server. */
  readonly leaves?: 'before the call' | 'by aborting at the first text' | 'by leaving the loop';
  readonly maxRetries?: number;
  readonly expected: Readonly<Record<Method, Expected | undefined>>;
  /** Where one wire forces something else; with the reason in a comment. */
  readonly otherwise?: Readonly<Partial<Record<Wire, Partial<Record<Method, Expected>>>>>;
  /** How much the client may take before it ends the call; 4 MB unless given. */
  readonly mostBytes?: number;
  /** Costs so much, or is such, that it is not tried again with retries. */
  readonly once?: true;
}

/** The same for both methods. */
export const both = (expected: Expected): Fault['expected'] => ({ chat: expected, stream: expected });

/** Of a stream only. */
export const streamOnly = (stream: Expected): Fault['expected'] => ({ chat: undefined, stream });

export const ok: Expected = { kind: 'ok' };
/** The connection failed, or what came by it is not HTTP. */
export const lost: Expected = { kind: 'connection', retryable: true };
/** What came is HTTP and no reply; asking again would bring the same. */
export const unreadable: Expected = { kind: 'invalid-response', retryable: false };
/** A clean end of what holds no answer, or not all of it. */
export const tooShort: Expected = { kind: 'invalid-response', retryable: true };
export const aborted: Expected = { kind: 'aborted', retryable: false };
export const timeout = (limit: TimeoutLimit): Expected => ({
  kind: 'timeout',
  timeout: limit,
  // The limit of the whole call leaves no time for another try.
  retryable: limit !== 'totalMs',
});
