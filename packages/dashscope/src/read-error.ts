import {
  type FailedResponse,
  QwireError,
  type ResponseHead,
  type ServerSentEvent,
  serviceError,
  serviceErrorInFrame,
} from '@qwire/core/adapter-kit';

/** The error of a whole response. */
export function readError(failed: FailedResponse): QwireError {
  return withPathHint(serviceError(failed));
}

/** The error of one frame, which a parameter error of a stream is; `undefined` when the frame is none. */
export function readFrameError(
  frame: ServerSentEvent,
  context: { readonly body: unknown; readonly head: ResponseHead },
): QwireError | undefined {
  const error = serviceErrorInFrame(frame, context.body, context.head);
  return error && withPathHint(error);
}

export function isWrongPath(error: unknown): boolean {
  return QwireError.is(error) && error.kind === 'invalid-request' && /url error/i.test(error.message);
}

/** The service says only "url error" when a model is called on the wrong path; see errors/wrong-path. */
function withPathHint(error: QwireError): QwireError {
  if (!isWrongPath(error)) return error;
  return new QwireError(error.message, {
    ...error,
    hint: 'This model is served on the other path. Name it in the option "paths": createDashScope({ paths: { "model-id": "multimodal" } }), or "text".',
  });
}
