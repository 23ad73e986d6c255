import type { CallRecorder } from './call-recorder.ts';
import type { ChatWire, Frame, ReadCall, RequestContext } from './chat-wire.ts';
import type { Fault } from './config.ts';
import { deliver } from './deliver.ts';
import type { TokenUsage } from './emulator.ts';
import type { PlannedReply } from './plan-reply.ts';
import { scripted } from './refusal.ts';
import { serviceHeaders } from './service-headers.ts';
import type { Studio } from './studio.ts';
import { toBody } from './to-body.ts';

export interface SendReply {
  readonly wire: ChatWire;
  readonly context: RequestContext;
  readonly read: ReadCall;
  readonly reply: PlannedReply;
  readonly fault: Fault | undefined;
  readonly recorder: CallRecorder;
  readonly studio: Studio;
}

/** The response for a planned reply, with what a fault does to it on the way. */
export function sendReply(sending: SendReply): Response {
  const { wire, context, read, reply, fault, recorder, studio } = sending;
  const { requestId, at, stream } = context;
  const headers = { ...serviceHeaders({ requestId, at, now: studio.now() }), ...wire.headers(stream) };
  const type = stream ? 'text/event-stream;charset=UTF-8' : 'application/json';
  if (!stream && fault === undefined) {
    recorder.finish(reply.usage);
    const body = JSON.stringify(read.writeReply(reply));
    return new Response(body, { headers: { ...headers, 'content-type': type } });
  }
  const frames = stream ? read.writeFrames(reply) : [wholeReply(sending)];
  // With this header a cut connection is an error for every carrier; without it MSW ends the body as if it were whole.
  return new Response(deliverFrames(frames, sending), {
    headers: { ...headers, 'content-type': type, 'transfer-encoding': 'chunked' },
  });
}

function deliverFrames(frames: Iterable<Frame>, sending: SendReply): ReadableStream<Uint8Array> {
  const { wire, context, reply, fault = {}, recorder, studio, read } = sending;
  const spent: TokenUsage[] = [];
  const steps = deliver(noting(frames, spent), {
    fault,
    frameDelayMs: context.stream ? studio.config.frameDelayMs : 0,
    writeErrorFrame: (framesSent) => {
      const refusal = scripted(fault.errorAfterFrames?.error ?? 'internal-error', read.call.model.id);
      recorder.fail(refusal);
      return wire.writeErrorFrame(refusal, { ...context, framesSent });
    },
  });
  return toBody(steps, {
    signal: context.request.signal,
    onEnd: (end, framesSent) => {
      if (end === 'whole') recorder.finish(reply.usage);
      else if (end === 'cancelled') recorder.cancel(spent[framesSent - 1]);
      else recorder.breakOff();
    },
  });
}

function wholeReply({ read, reply }: SendReply): Frame {
  return { text: JSON.stringify(read.writeReply(reply)), usage: reply.usage };
}

function* noting(frames: Iterable<Frame>, spent: TokenUsage[]): Generator<string> {
  for (const { text, usage } of frames) {
    spent.push(usage);
    yield text;
  }
}
