import type { RequestContext, WrittenRefusal } from '../chat-wire.ts';
import { withDocumentationLink } from '../documentation-link.ts';
import type { Refusal } from '../refusal.ts';

/**
 * An error before the answer. To a streamed call a wrong parameter comes as an error frame on HTTP 200, a wrong key as
 * JSON with its status; for what lies between nobody has a recording, so the quirks decide.
 */
export function writeRefusal(refusal: Refusal, context: RequestContext): WrittenRefusal {
  const { status } = refusal.error;
  if (context.stream && context.routed && comesAsFrame(status, context)) {
    const body = writeErrorFrame(refusal, { ...context, framesSent: 0 });
    return { status: 200, contentType: 'text/event-stream;charset=UTF-8', body };
  }
  if (status === 429 && context.quirks.emptyThrottleBody) {
    return { status, contentType: 'application/json', body: '' };
  }
  return { status, contentType: 'application/json', body: JSON.stringify(errorBody(refusal, context)) };
}

export function writeErrorFrame(
  refusal: Refusal,
  context: RequestContext & { readonly framesSent: number },
): string {
  const data = JSON.stringify(errorBody(refusal, context));
  return `id:${context.framesSent + 1}\nevent:error\n:HTTP_STATUS/${refusal.error.status}\ndata:${data}\n\n`;
}

function comesAsFrame(status: number, { quirks }: RequestContext): boolean {
  return status === 400 || status >= 500 || quirks.nativeStreamErrors === 'frame';
}

function errorBody(refusal: Refusal, { requestId, quirks }: RequestContext): unknown {
  const { code, message } = refusal.error.native;
  return { code, message: withDocumentationLink(message, refusal, quirks), request_id: requestId };
}
