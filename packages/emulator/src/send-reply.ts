import type { CallRecorder } from './call-recorder.ts';
import type { ChatWire, Frame, ReadCall, RequestContext } from './chat-wire.ts';
import type { Fault } from './config.ts';
import { deliver } from './deliver.ts';
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
  const frames = stream ? [...read.writeFrames(reply)] : [wholeReply(sending)];
  // With this header a cut connection is an error for every carrier; without it MSW ends the body as if it were whole.
  return new Response(deliverFrames(frames, sending), {
    headers: { ...headers, 'content-type': type, 'transfer-encoding': 'chunked' },
  });
}

function deliverFrames(frames: readonly Frame[], sending: SendReply): ReadableStream<Uint8Array> {
  const { wire, context, reply, fault = {}, recorder, studio, read } = sending;
  const steps = deliver(
    frames.map(({ text }) => text),
    {
      fault,
      frameDelayMs: context.stream ? studio.config.frameDelayMs : 0,
      writeErrorFrame: (framesSent) => {
        const refusal = scripted(fault.errorAfterFrames?.error ?? 'internal-error', read.call.model.id);
        recorder.fail(refusal);
        return wire.writeErrorFrame(refusal, { ...context, framesSent });
      },
    },
  );
  return toBody(steps, {
    signal: context.request.signal,
    onEnd: (end, framesSent) => {
      // A reader may leave as soon as it knows that nothing more comes.
      const gotAll = end === 'cancelled' && framesSent === frames.length;
      if (end === 'whole' || gotAll) recorder.finish(reply.usage);
      else if (end === 'cancelled') recorder.cancel(frames[framesSent - 1]?.usage);
      else recorder.breakOff();
    },
  });
}

function wholeReply({ read, reply }: SendReply): Frame {
  return { text: JSON.stringify(read.writeReply(reply)), usage: reply.usage };
}
