import type { RequestContext, WrittenRefusal } from '../chat-wire.ts';
import { withDocumentationLink } from '../documentation-link.ts';
import type { Refusal } from '../refusal.ts';

export interface EnvelopeContext extends RequestContext {
  /** Whether the id stands without what marks it as that of a completion. */
  readonly bareId?: boolean;
}

/** An error before the answer: real status, JSON unless the quirks say otherwise. */
export function writeRefusal(refusal: Refusal, context: EnvelopeContext): WrittenRefusal {
  const { status } = refusal.error;
  const { stream, quirks } = context;
  if (status === 404 && refusal.error.native.code === 'NotFound') {
    return { status, contentType: 'application/json', body: '' };
  }
  if (status === 429 && quirks.emptyThrottleBody)
    return { status, contentType: 'application/json', body: '' };
  const body = JSON.stringify(errorBody(refusal, context));
  if (stream && quirks.sseErrorBodies) {
    return { status, contentType: 'text/event-stream;charset=UTF-8', body: `data: ${body}\n\n` };
  }
  return { status, contentType: 'application/json', body };
}

export function writeErrorFrame(refusal: Refusal, context: RequestContext): string {
  return `data: ${JSON.stringify(envelope(refusal, context))}\n\n`;
}

function errorBody(refusal: Refusal, context: EnvelopeContext): unknown {
  const { native } = refusal.error;
  const { flatNativeErrors } = context.quirks;
  const isFlat =
    flatNativeErrors === 'always' ||
    (flatNativeErrors === 'model-access-denied' && native.code === 'Model.AccessDenied');
  if (!isFlat) return envelope(refusal, context);
  const message = withDocumentationLink(native.message, refusal, context.quirks);
  return { code: native.code, message, request_id: context.requestId };
}

// Two producers write their members in different orders; errors from before routing carry no id of a completion.
function envelope(refusal: Refusal, { requestId, routed, quirks, bareId }: EnvelopeContext): unknown {
  const { native, compatible, layer } = refusal.error;
  const { code, type } = compatible;
  const message = withDocumentationLink(compatible.message ?? native.message, refusal, quirks);
  const error =
    layer === 'model' ? { code, param: null, message, type } : { message, type, param: null, code };
  const id = bareId ? requestId : `chatcmpl-${requestId}`;
  return { error, ...(routed && { id }), request_id: requestId };
}
