import type { RequestContext, WrittenRefusal } from '../chat-wire.ts';
import type { WireName } from '../emulator.ts';
import type { Refusal } from '../refusal.ts';

/** What both wires make of a request for vectors. */
export interface EmbeddingCall {
  readonly texts: readonly string[];
  /** As asked for; `undefined` leaves it to the model. */
  readonly dimensions: number | undefined;
  readonly dense: boolean;
  readonly sparse: boolean;
}

export interface SparseValue {
  readonly index: number;
  readonly value: number;
  readonly token: string;
}

export interface EmbeddedText {
  readonly vector: readonly number[] | undefined;
  readonly sparse: readonly SparseValue[] | undefined;
}

export interface EmbeddingReply {
  readonly model: string;
  readonly requestId: string;
  readonly texts: readonly EmbeddedText[];
  readonly tokens: number;
}

/** What differs between the wires. */
export interface EmbeddingWire {
  readonly name: WireName;
  /** @throws Refusal */
  readCall(body: Readonly<Record<string, unknown>>): {
    readonly call: EmbeddingCall;
    readonly unknownParameters: readonly string[];
  };
  writeReply(reply: EmbeddingReply): unknown;
  writeRefusal(refusal: Refusal, context: RequestContext): WrittenRefusal;
}
