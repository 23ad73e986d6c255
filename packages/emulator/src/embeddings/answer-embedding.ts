import { setTimeout } from 'node:timers/promises';
import { admit } from '../admit.ts';
import { authorize } from '../authorize.ts';
import { CallRecorder } from '../call-recorder.ts';
import type { RequestContext } from '../chat-wire.ts';
import { findModel } from '../find-model.ts';
import { isRecord } from '../is-record.ts';
import type { EmbeddingTraits } from '../models.ts';
import { parseBody } from '../parse-body.ts';
import { documented, invalidParameter, Refusal, scripted } from '../refusal.ts';
import { serviceHeaders } from '../service-headers.ts';
import type { Studio } from '../studio.ts';
import { countTokens } from '../tokens.ts';
import { noTokens } from '../usage-counter.ts';
import type { EmbeddingCall, EmbeddingWire } from './embedding-wire.ts';
import { toSparse, toVector } from './to-vector.ts';

/** Answers one request for vectors over one wire; the checks come in the order of those of a chat. */
export async function answerEmbedding(
  request: Request,
  wire: EmbeddingWire,
  studio: Studio,
): Promise<Response> {
  const body = parseBody(await request.text());
  const recorder = new CallRecorder(studio, { request, wire: wire.name, body, stream: false });
  const { requestId, at } = recorder;
  let context: RequestContext = {
    requestId,
    at,
    request,
    quirks: studio.config.quirks,
    stream: false,
    routed: false,
  };
  const headers = () => serviceHeaders({ requestId, at, now: studio.now() });
  try {
    const workspace = authorize(request, studio.config);
    recorder.workspace = { id: workspace.id, name: workspace.name ?? workspace.id };
    if (!isRecord(body)) throw documented('illegal-input');
    context = { ...context, routed: true };
    const { model: id } = body;
    if (typeof id !== 'string' || id === '') throw documented('empty-model');
    recorder.model = id;
    const model = findModel(id, studio);
    if (!model?.embedding) throw documented('model-not-found', { model: id });
    await admit(model, { request, workspace, recorder, studio });
    const { call, unknownParameters } = wire.readCall(body);
    recorder.unknownParameters = unknownParameters;
    const dimensions = checkEmbedding(call, model.embedding);
    const asked = { wire: wire.name, model, workspace: recorder.workspace, text: call.texts.join('\n') };
    const rule = studio.rules.takeHindrance({ ...asked, after: 'user' });
    await setTimeout(rule?.fault?.delayMs ?? 0, undefined, { signal: request.signal });
    if (rule?.error !== undefined) throw scripted(rule.error, id);
    const tokens = call.texts.reduce((sum, text) => sum + countTokens(text), 0);
    const texts = call.texts.map((text) => ({
      vector: call.dense ? toVector(text, dimensions) : undefined,
      sparse: call.sparse ? toSparse(text) : undefined,
    }));
    recorder.finish({ ...noTokens, inputTokens: tokens, totalTokens: tokens });
    return Response.json(wire.writeReply({ model: id, requestId, texts, tokens }), { headers: headers() });
  } catch (error) {
    if (!(error instanceof Refusal)) {
      if (!request.signal.aborted) throw error;
      recorder.cancel(undefined);
      return new Response(null, { status: 499 });
    }
    recorder.fail(error);
    const { status, contentType, body: text } = wire.writeRefusal(error, context);
    return new Response(text, { status, headers: { ...headers(), 'content-type': contentType } });
  }
}

/** @throws Refusal 400; the words of the batch size are the service's. */
function checkEmbedding(
  { texts, dimensions }: EmbeddingCall,
  { dimensions: offered, maxTexts, maxTokens }: EmbeddingTraits,
): number {
  const prefix = '<400> InternalError.Algo.InvalidParameter:';
  if (texts.length > maxTexts) {
    throw invalidParameter(
      `${prefix} Value error, batch size is invalid, it should not be larger than ${maxTexts}.: input.contents`,
    );
  }
  if (texts.some((text) => countTokens(text) > maxTokens)) {
    throw invalidParameter(`${prefix} Range of input length should be [1, ${maxTokens}]`);
  }
  if (dimensions === undefined) return offered[0];
  if (!offered.includes(dimensions)) {
    throw invalidParameter(
      `${prefix} Value error, Dimension ${dimensions} is invalid; it should be one of ${offered.join(', ')}.`,
    );
  }
  return dimensions;
}
