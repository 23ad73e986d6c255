import { QwireError } from '@qwire/core';
import { type FailedResponse, serviceError } from '@qwire/core/adapter-kit';

/** The service says only "url error" when a model is called on the wrong one of the two paths. */
export function readError(failed: FailedResponse): QwireError {
  const error = serviceError(failed);
  if (!/url error/i.test(error.message)) return error;
  return new QwireError(error.message, {
    ...error,
    hint: 'This model is served on the other path. Name it in the option "paths": createDashScope({ paths: { "model-id": "multimodal" } }), or "text".',
  });
}
