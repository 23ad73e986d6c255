import type { ChatCall, Workspace } from './chat-call.ts';
import type { Quirks } from './config.ts';
import type { TokenUsage, WireName } from './emulator.ts';
import type { KnownModel } from './models.ts';
import type { PlannedReply } from './plan-reply.ts';
import type { Refusal } from './refusal.ts';

/** What is known of a request before its parameters are read. */
export interface RequestContext {
  readonly requestId: string;
  readonly at: number;
  readonly request: Request;
  readonly quirks: Quirks;
  readonly stream: boolean;
  /** Whether the key was accepted, so that the service's inner parts answer. */
  readonly routed: boolean;
}

export interface ReadContext extends RequestContext {
  readonly workspace: Workspace;
  readonly model: KnownModel;
}

/** A call, as its wire read it. */
export interface ReadCall {
  readonly call: ChatCall;
  readonly unknownParameters: readonly string[];
  /** Writes a reply that is not streamed. */
  readonly writeReply: (reply: PlannedReply) => unknown;
  /** Writes a reply as the frames of a stream. */
  readonly writeFrames: (reply: PlannedReply) => Iterable<Frame>;
}

/** One server-sent event as text, its closing blank line included. */
export interface Frame {
  readonly text: string;
  /** Tokens up to here. */
  readonly usage: TokenUsage;
}

/** The body that a wire gives an error, and how it is framed. */
export interface WrittenRefusal {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What differs between the wires; the order of the checks and everything behind them does not. */
export interface ChatWire {
  readonly name: WireName;
  /** Whether a streamed answer is asked for. The body may be anything. */
  isStream(request: Request, body: unknown): boolean;
  /** Whether the wire, or this path of it, offers the model. @throws Refusal */
  checkModel(model: KnownModel): void;
  /** @throws Refusal */
  readCall(body: unknown, context: ReadContext): ReadCall;
  writeRefusal(refusal: Refusal, context: RequestContext): WrittenRefusal;
  /** An error inside a stream that has begun. */
  writeErrorFrame(refusal: Refusal, context: RequestContext & { readonly framesSent: number }): string;
  /** Headers that only this wire sends. */
  readonly headers: (stream: boolean) => Readonly<Record<string, string>>;
}
