import { setTimeout } from 'node:timers/promises';
import { admit } from './admit.ts';
import { authorize } from './authorize.ts';
import { CallRecorder } from './call-recorder.ts';
import { type ChatCall, thinks } from './chat-call.ts';
import type { ChatWire, RequestContext } from './chat-wire.ts';
import { checkCall } from './check-call.ts';
import { findModel } from './find-model.ts';
import { isRecord } from './is-record.ts';
import type { KnownModel } from './models.ts';
import { parseBody } from './parse-body.ts';
import { planReply } from './plan-reply.ts';
import { documented, invalidParameter, Refusal, scripted } from './refusal.ts';
import { readWaitMs, unknownHeaders } from './request-headers.ts';
import type { Rule } from './rule-book.ts';
import { sendReply } from './send-reply.ts';
import { serviceHeaders } from './service-headers.ts';
import type { Studio } from './studio.ts';
import { checkUploads } from './uploads/check-uploads.ts';
import { marksCache } from './usage-details.ts';
import { waitOutBursts } from './wait-out-bursts.ts';

/** Answers one call of a chat model over one wire. */
export async function answerCall(request: Request, wire: ChatWire, studio: Studio): Promise<Response> {
  const body = parseBody(await request.text());
  const stream = wire.isStream(request, body);
  const recorder = new CallRecorder(studio, { request, wire: wire.name, body, stream });
  const { requestId, at } = recorder;
  const { quirks } = studio.config;
  let context: RequestContext = { requestId, at, request, quirks, stream, routed: false };
  try {
    const workspace = authorize(request, studio.config);
    recorder.workspace = { id: workspace.id, name: workspace.name ?? workspace.id };
    if (!isRecord(body)) throw documented('illegal-input');
    context = { ...context, routed: true };
    const model = readModel(body, wire, { studio, recorder });
    await admit(model, { request, workspace, recorder, studio });
    const read = wire.readCall(body, { ...context, workspace: recorder.workspace, model });
    recorder.unknownParameters = [...read.unknownParameters, ...unknownHeaders(request)];
    if (quirks.unknownParameters === 'refuse') refuseUnknown(recorder.unknownParameters);
    recorder.thinking = thinks(read.call);
    recorder.explicitCache = marksCache(read.call);
    checkCall(read.call);
    checkUploads(read.call, studio);
    const rule = await takeRule(read.call, { request, studio });
    await delay(rule?.fault?.delayMs, request.signal);
    if (rule?.error !== undefined) throw scripted(rule.error, model.id);
    const cache = studio.cache.use(read.call, studio.now());
    recorder.onFinish = cache.keep;
    const reply = planReply(read.call, { rule, cache, createId: studio.createId });
    return sendReply({ wire, context, read, reply, fault: rule?.fault, recorder, studio });
  } catch (error) {
    if (!(error instanceof Refusal)) {
      if (!request.signal.aborted) throw error;
      recorder.cancel(undefined);
      // Nobody reads it any more.
      return new Response(null, { status: 499 });
    }
    recorder.fail(error);
    const written = wire.writeRefusal(error, context);
    return new Response(written.body, {
      status: written.status,
      headers: {
        ...serviceHeaders({ requestId, at, now: studio.now() }),
        'content-type': written.contentType,
      },
    });
  }
}

function readModel(
  { model: id }: Readonly<Record<string, unknown>>,
  wire: ChatWire,
  { studio, recorder }: { readonly studio: Studio; readonly recorder: CallRecorder },
): KnownModel {
  if (typeof id !== 'string' || id === '') throw documented('empty-model');
  recorder.model = id;
  const model = findModel(id, studio);
  if (model === undefined || model.embedding) {
    const says400 =
      wire.name === 'dashscope' && studio.config.quirks.nativeUnknownModel === 'InvalidParameter';
    throw documented(says400 ? 'model-not-exist' : 'model-not-found', { model: id });
  }
  wire.checkModel(model);
  return model;
}

// A burst that a rule scripts can be waited out like one of the limits.
function takeRule(
  call: ChatCall,
  { request, studio }: { readonly request: Request; readonly studio: Studio },
): Promise<Rule | undefined> {
  const waitMs = readWaitMs(request);
  const attempt = () => {
    const rule = studio.rules.take(call);
    if (waitMs > 0 && rule?.error === 'burst-rate') throw documented('burst-rate');
    return rule;
  };
  return waitOutBursts(attempt, { waitMs, signal: request.signal });
}

function refuseUnknown([first]: readonly string[]): void {
  if (first !== undefined) throw invalidParameter(`Required parameter(${first}) missing or invalid`);
}

async function delay(ms: number | undefined, signal: AbortSignal): Promise<void> {
  if (ms !== undefined) await setTimeout(ms, undefined, { signal });
}
